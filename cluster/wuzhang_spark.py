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
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pyspark.sql import SparkSession

#: Files of the work folder.
JOB, ANSWERS, SUMMARY = "job.json", "answers.jsonl", "summary.json"


class Refused(Exception):
    """What the operator has to mend; told without a traceback."""


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
    return parser.parse_args()


def called(binary, *words, given=""):
    """What the binary says, and the seconds of processor time it and its readers took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([binary, "cluster", *words], input=given, capture_output=True, text=True, encoding="utf-8")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise RuntimeError(f"wuzhang cluster {words[0]}: {done.stderr.strip()}")
    return done.stdout, (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def planned(args):
    """The job as the binary plans it; a work folder of another job is refused."""
    cut = ["--files-per-task", str(args.files_per_task), "--megabytes-per-task", str(args.megabytes_per_task)]
    offices = [word for office in args.office for word in ("--office", office)]
    try:
        text, _ = called(args.wuzhang, "plan", args.workspace, "--period", args.period, *offices, *cut)
    except RuntimeError as error:
        raise Refused(str(error)) from None
    plan = json.loads(text)
    job = json.dumps({key: plan[key] for key in ("period", "plan", "tasks")}, ensure_ascii=False, sort_keys=True)
    work = Path(args.work)
    work.mkdir(parents=True, exist_ok=True)
    known = work / JOB
    if known.exists():
        if known.read_text(encoding="utf-8") != job:
            raise Refused(f"{work} holds another job (other files, settings or program): give an empty folder")
    elif any(work.iterdir()):
        raise Refused(f"{work} is not empty: give an empty folder")
    known.write_text(job, encoding="utf-8")
    return plan


def on_workers(spark, words, items):
    """Calls the binary once for each (arguments, standard input), on the workers; what each call said."""

    def work(part):
        for own, given in part:
            said, seconds = called(words[0], own[0], *own[1:], *words[1:], given=given)
            yield {**json.loads(said), "seconds": seconds}

    if not items:
        return []
    return spark.sparkContext.parallelize(items, len(items)).mapPartitions(work).collect()


def parquet(spark, folder, schema):
    """The Parquet of a folder; empty where nothing was written."""
    if not os.path.isdir(folder):
        # Spark knows at once what comes of nothing.
        return spark.createDataFrame([], schema).limit(0)
    return spark.read.schema(schema).parquet(folder)


def has_rows(args, book):
    return any(os.path.isdir(f"{args.work}/{kind}/book={book}") for kind in ("rows", "settled"))


def views(spark, statements):
    for one in statements:
        frame = spark.sql(one["sql"])
        if one["keep"]:
            frame = frame.persist()
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


def read(spark, args, plan):
    """Has every file read on the workers and shows Spark what was written."""
    words = [args.wuzhang, "--period", args.period, "--to", args.work, "--for", args.workspace, "--list", "-"]
    tasks = [(["read", task["workspace"]], "\n".join(task["files"])) for task in plan["tasks"]]
    done = on_workers(spark, words, tasks)
    for book, schema in plan["statements"]["books"]:
        rows = parquet(spark, f"{args.work}/rows/book={book}/period={args.period}", schema)
        rows.createOrReplaceTempView(f"rows_{book}")
    parquet(spark, f"{args.work}/sheets", SHEETS).createOrReplaceTempView("sheets")
    parquet(spark, f"{args.work}/files", FILES).createOrReplaceTempView("files")
    parquet(spark, f"{args.work}/findings", FINDINGS).createOrReplaceTempView("findings")
    views(spark, plan["statements"]["merge"])
    return done


def settle(spark, args, plan):
    """Has what several files report merged, an office at a time, and shows Spark the result."""
    roots = dict(plan["offices"])
    contested = spark.sql(plan["statements"]["contested"]).rdd.map(
        lambda row: (row["office"], json.dumps({key: row[key] for key in ("file", "sheet", "book", "whole", "rows")}))
    )
    # A line a sheet with the numbers of its rows: the driver sees no row itself. Offices without any are settled
    # too, since a decision that finds no project has to be told.
    lines = {office: [] for office in roots}
    for office, line in contested.collect():
        lines[office].append(line)
    words = [args.wuzhang, "--period", args.period, "--to", args.work, "--for", args.workspace, "--list", "-"]
    tasks = [(["settle", roots[office]], "\n".join(sorted(lines[office]))) for office in sorted(lines)]
    done = on_workers(spark, words, tasks)
    for book, schema in plan["statements"]["books"]:
        rows = parquet(spark, f"{args.work}/settled/book={book}/period={args.period}", schema)
        rows.createOrReplaceTempView(f"settled_{book}")
    parquet(spark, f"{args.work}/settled_sheets", SHEETS).createOrReplaceTempView("settled_sheets")
    parquet(spark, f"{args.work}/settled_findings", FINDINGS).createOrReplaceTempView("settled_findings")
    views(spark, plan["statements"]["facts"])
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
    there = {None} | {book for book, _ in plan["statements"]["books"] if has_rows(args, book)}
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


def main():
    args = arguments()
    args.work = os.path.abspath(args.work)
    plan = planned(args)
    spark = (
        SparkSession.builder.appName(f"wuzhang {args.period}")
        .config("spark.sql.ansi.enabled", "false")
        .config("spark.sql.parquet.compression.codec", "zstd")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
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
    except Refused as refused:
        print(f"wuzhang_spark: {refused}", file=sys.stderr)
        sys.exit(2)
