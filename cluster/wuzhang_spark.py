"""A month of wuzhang on a Spark cluster: see README.md beside this file.

    spark-submit cluster/wuzhang_spark.py --wuzhang BINARY --workspace OFFICE --period 2026-05 \
        [--office COUNTY]... --work FOLDER [--out FOLDER]

Spark hands lists of files to the `wuzhang` binary on each worker, runs the SQL that `wuzhang cluster plan` printed
(no SQL stands here), has the binary settle what several files report, and gives the sums back to it for ranking.
Workspaces, binary and FOLDER must be seen under the same names on every machine.
"""

import argparse
import json
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

#: Files of the work folder.
JOB, ANSWERS, SUMMARY = "job.json", "answers.jsonl", "summary.json"


#: Stands before what went wrong on a worker, among all that Spark says of a failed task.
FAULT = "wuzhang-fault "


class Refused(Exception):
    """What the operator has to mend; told without a traceback."""


class Failed(Exception):
    """A call of the binary that came to nothing, in one line however many the binary wrote."""

    def __init__(self, why):
        super().__init__(FAULT + json.dumps(why))
        self.why = why


def arguments():
    parser = argparse.ArgumentParser(description="A month of wuzhang on a Spark cluster.")
    parser.add_argument("--wuzhang", required=True, help="the binary, at the same place on every machine")
    parser.add_argument("--workspace", required=True, help="the office that ranks: a county's workspace, or a city's")
    parser.add_argument("--period", required=True, help="such as 2026-05")
    parser.add_argument("--office", action="append", default=[], help="a county's workspace, once for each")
    parser.add_argument("--work", required=True, help="an empty folder that every machine sees, for Parquet and sums")
    parser.add_argument("--out", help="where the ranking workbooks go; without it, none are made")
    parser.add_argument("--files-per-task", type=int, default=400)
    parser.add_argument("--megabytes-per-task", type=int, default=64)
    args = parser.parse_args()
    # Workers run in folders of their own: every path has to say where it begins.
    args.wuzhang = os.path.abspath(shutil.which(args.wuzhang) or args.wuzhang)
    args.workspace, args.work = os.path.abspath(args.workspace), os.path.abspath(args.work)
    args.office = [os.path.abspath(office) for office in args.office]
    args.out = args.out and os.path.abspath(args.out)
    return args


def called(binary, *words, given=""):
    """What the binary says, and the seconds of processor time it and its readers took."""
    here = f"on {socket.gethostname()}"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run([binary, "cluster", *words], input=given, capture_output=True, text=True, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failed(f"{binary} does not run {here}: {error}; --wuzhang must name it as every machine sees it") from None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode < 0:
        raise Failed(f"wuzhang cluster {words[0]} {here} was killed by signal {-done.returncode}: too little memory?")
    if done.returncode != 0:
        raise Failed(f"wuzhang cluster {words[0]} {here}: {done.stderr.strip() or f'exit {done.returncode}'}")
    return done.stdout, (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def planned(args):
    """The job as the binary plans it; a work folder of another job is refused."""
    cut = ["--files-per-task", str(args.files_per_task), "--megabytes-per-task", str(args.megabytes_per_task)]
    offices = [word for office in args.office for word in ("--office", office)]
    text, _ = called(args.wuzhang, "plan", args.workspace, "--period", args.period, *offices, *cut)
    plan = json.loads(text)
    job = json.dumps({key: plan[key] for key in ("period", "plan", "tasks")}, ensure_ascii=False, sort_keys=True)
    work = Path(args.work)
    known = work / JOB
    try:
        work.mkdir(parents=True, exist_ok=True)
        if known.exists():
            if known.read_text(encoding="utf-8") != job:
                raise Refused(f"{work} holds another job (other files, settings or program): give an empty folder")
        elif any(work.iterdir()):
            raise Refused(f"{work} is not empty: give an empty folder")
        known.write_text(job, encoding="utf-8")
    except OSError as error:
        raise Refused(f"{work} cannot be worked in: {error}") from None
    return plan


def on_workers(spark, args, items):
    """Calls the binary once for each (command and workspace, list), on the workers; what each call said."""
    binary = args.wuzhang
    words = ["--period", args.period, "--to", args.work, "--for", args.workspace, "--list", "-"]

    def work(part):
        for own, given in part:
            said, seconds = called(binary, *own, *words, given=given)
            yield {**json.loads(said), "seconds": seconds}

    if not items:
        return []
    try:
        return spark.sparkContext.parallelize(items, len(items)).mapPartitions(work).collect()
    except Py4JJavaError as error:
        # Spark has tried the task again by then, also on other machines; of its pages one line is ours.
        told = re.search(re.escape(FAULT) + r'("(?:[^"\\]|\\.)*")', str(error))
        why = json.loads(told[1]) if told else error.java_exception.getMessage().partition("\n")[0]
        raise Refused(f"{why}\n(once that is mended, submit the same job again)") from None


def parquet(spark, folder, schema):
    """The Parquet of a folder; empty where nothing was written."""
    if not os.path.isdir(folder):
        # Spark knows at once what comes of nothing.
        return spark.createDataFrame([], schema).limit(0)
    return spark.read.schema(schema).parquet(folder)


def has_rows(args, folder):
    """Whether any row was written of a book: its folder is `book=…`."""
    return any(os.path.isdir(f"{args.work}/{kind}/{folder}") for kind in ("rows", "settled"))


def views(spark, args, statements):
    for one in statements:
        frame = spark.sql(one["sql"])
        if one["keep"]:
            frame = frame.persist()
        if one["written"] and has_rows(args, one["written"].split("/")[1]):
            frame.write.mode("overwrite").parquet(f"{args.work}/{one['written']}")
            frame = spark.read.schema(frame.schema).parquet(f"{args.work}/{one['written']}")
        frame.createOrReplaceTempView(one["view"])


SHEETS = (
    "office STRING, file STRING, sheet STRING, book STRING, unit STRING, data BIGINT, merged BIGINT, joined BIGINT,"
    " set_aside BIGINT, taken_off BIGINT, replaced BIGINT"
)
FILES = "office STRING, file STRING, digest STRING, size BIGINT, opened BOOLEAN, tables BIGINT"
FINDINGS = (
    "office STRING, stage STRING, level STRING, rule STRING, file STRING, sheet STRING, `row` BIGINT, `column` BIGINT,"
    " field STRING, message STRING, advice STRING"
)


def arrived(args, folder, tasks):
    """That what the workers wrote is seen here: a folder that is not shared would look like a month without a row."""
    path = Path(args.work) / folder
    there = sum(1 for file in path.iterdir() if file.suffix == ".parquet") if path.is_dir() else 0
    if there != tasks:
        raise Refused(f"{tasks} tasks have ended and {path} has the work of {there}: --work must be one folder for all machines")


def show(spark, args, plan, rows, others):
    """Shows Spark what the workers wrote: the books' rows as `<rows>_<book>`, the others by their names."""
    for book, schema in plan["statements"]["books"]:
        of_book = parquet(spark, f"{args.work}/{rows}/book={book}/period={args.period}", schema)
        of_book.createOrReplaceTempView(f"{rows}_{book}")
    for name, schema in others.items():
        parquet(spark, f"{args.work}/{name}", schema).createOrReplaceTempView(name)


def read(spark, args, plan):
    """Has every file read on the workers."""
    tasks = [(["read", task["workspace"]], "\n".join(task["files"])) for task in plan["tasks"]]
    done = on_workers(spark, args, tasks)
    arrived(args, "files", len(tasks))
    show(spark, args, plan, "rows", {"sheets": SHEETS, "files": FILES, "findings": FINDINGS})
    views(spark, args, plan["statements"]["merge"])
    return done


def settle(spark, args, plan):
    """Has what several files report merged, an office at a time."""
    contested = spark.sql(plan["statements"]["contested"]).rdd.map(
        lambda row: (row["office"], json.dumps({key: row[key] for key in ("file", "sheet", "book", "whole", "rows")}))
    )
    # A line a sheet with the numbers of its rows: the driver sees no row itself. Offices without any are settled
    # too, since a decision that finds no project has to be told, and how the units report.
    lines = {office: [] for office, _ in plan["offices"]}
    for office, line in contested.collect():
        lines[office].append(line)
    done = on_workers(spark, args, [(["settle", root], "\n".join(sorted(lines[office]))) for office, root in plan["offices"]])
    arrived(args, "settled_sheets", len(lines))
    show(spark, args, plan, "settled", {"settled_sheets": SHEETS, "settled_findings": FINDINGS})
    views(spark, args, plan["statements"]["facts"])
    return done


def answered(spark, args, plan):
    """Runs what is asked: sums to the answers, rows and lists to Parquet and JSON beside them."""

    def ask(output):
        name, frame = output["name"], spark.sql(output["sql"])
        if name.startswith(("parted/", "ledger/")):
            frame.write.mode("overwrite").parquet(f"{args.work}/{name}")
        elif name.startswith("check/"):
            frame.write.mode("overwrite").json(f"{args.work}/{name}")
            return spark.read.text(f"{args.work}/{name}").count()
        else:
            return [row.asDict() for row in frame.collect()]

    # Nobody asks about books without a row, or the same twice. Several at a time: small ones do not wait for one another.
    there = {None} | {book for book, _ in plan["statements"]["books"] if has_rows(args, f"book={book}")}
    wanted = [output for output in plan["statements"]["outputs"] if output["book"] in there]
    distinct = {output["sql"]: output for output in wanted}
    with ThreadPoolExecutor(max_workers=4) as pool:
        by_sql = dict(zip(distinct, pool.map(ask, distinct.values())))
    answers, counts = [{"plan": plan["plan"]}], {}
    for output in wanted:
        answer = by_sql[output["sql"]]
        if isinstance(answer, list):
            answers.append({"output": output["name"], "rows": answer})
        elif answer is not None:
            counts[output["name"]] = answer
    text = "".join(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
    (Path(args.work) / ANSWERS).write_text(text, encoding="utf-8")
    return {answer["output"]: answer["rows"] for answer in answers[1:]}, counts


def balanced(account):
    """Every data row ends in exactly one place, or the job has failed."""
    ends = ("copies", "alone", "set_aside", "merged", "joined", "settled_set_aside", "taken_off", "replaced")
    total = sum(account[end] for end in ends)
    if total != account["data"]:
        raise Refused(f"the row account does not balance: {account['data']} data rows, {total} accounted for: {account}")
    return account


def session(period):
    spark = (
        SparkSession.builder.appName(f"wuzhang {period}")
        .config("spark.sql.ansi.enabled", "false")
        .config("spark.sql.parquet.compression.codec", "zstd")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def main():
    args = arguments()
    plan = planned(args)
    spark = session(args.period)
    done = read(spark, args, plan)
    settled = settle(spark, args, plan)
    answers, checks = answered(spark, args, plan)
    spark.stop()
    summary = {
        "account": balanced(answers["account"][0]),
        "checks": checks,
        "read": {key: sum(one[key] for one in done) for key in ("files", "unopened", "rows", "findings", "written", "seconds")},
        "settled": {key: sum(one[key] for one in settled) for key in ("files", "rows", "findings", "written", "seconds")},
        "tasks": len(done),
    }
    (Path(args.work) / SUMMARY).write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    rank = ["rank", args.workspace, "--period", args.period, "--from", f"{args.work}/{ANSWERS}", "--folder", args.work]
    said, _ = called(args.wuzhang, *rank, "--json", *(["--to", args.out] if args.out else []))
    (Path(args.work) / "measures.jsonl").write_text(said, encoding="utf-8")
    print(json.dumps(summary, ensure_ascii=False))


if __name__ == "__main__":
    try:
        main()
    except (Refused, Failed) as refused:
        print(f"wuzhang_spark: {refused.why if isinstance(refused, Failed) else refused}", file=sys.stderr)
        sys.exit(2)
