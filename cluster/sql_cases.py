"""Holds every case of sql_cases.json on Spark, on the cluster that it is submitted to; the tests of wuzhang hold the same on polars."""

import json
import sys
from pathlib import Path

from pyspark.sql import SparkSession

TYPES = {"whole": "BIGINT", "number": "DOUBLE", "text": "STRING", "truth": "BOOLEAN"}


def main():
    cases = json.loads((Path(__file__).parent / "sql_cases.json").read_text(encoding="utf-8"))
    spark = SparkSession.builder.appName("wuzhang sql cases").config("spark.sql.ansi.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    columns = cases["columns"]
    schema = ", ".join(["nth BIGINT", *(f"{name} {TYPES[kind]}" for name, kind in columns.items())])
    rows = [(nth, *(row[name] for name in columns)) for nth, row in enumerate(cases["rows"])]
    spark.createDataFrame(rows, schema).createOrReplaceTempView("rows")

    wrong, held = [], 0

    def hold(case, query, expected):
        nonlocal held
        found = [row[0] for row in spark.sql(query).collect()]
        held += 1
        if found != expected:
            wrong.append(f"{case['why']}: {case['sql']}: expected {expected}, found {found}")

    for case in cases["of_rows"]:
        hold(case, f"SELECT ({case['sql']}) FROM rows ORDER BY nth", case["expected"])
    for case in cases["of_sums"]:
        hold(case, f"SELECT ({case['sql']}) FROM rows", [case["expected"]])
        hold(case, f"SELECT ({case['sql']}) FROM rows WHERE FALSE", [case["nothing"]])
    for case in cases["refused"]:
        hold(case, f"SELECT ({case['sql']}) FROM rows ORDER BY nth", case["spark"])
    spark.stop()
    print("\n".join(wrong) or f"{held} cases hold")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
