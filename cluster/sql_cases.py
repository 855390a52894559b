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

    def hold(of, where, expected):
        """Asks all cases at once, a column each; `expected` gives the cells of a case."""
        nonlocal held
        asked = ", ".join(f"({case['sql']}) AS c{at}" for at, case in enumerate(of))
        found = spark.sql(f"SELECT {asked} FROM rows{where}").collect()
        for at, case in enumerate(of):
            cells = [row[at] for row in found]
            held += 1
            if cells != expected(case):
                wrong.append(f"{case['why']}: {case['sql']}: expected {expected(case)}, found {cells}")

    hold(cases["of_rows"], " ORDER BY nth", lambda case: case["expected"])
    hold(cases["refused"], " ORDER BY nth", lambda case: case["spark"])
    hold(cases["of_sums"], "", lambda case: [case["expected"]])
    hold(cases["of_sums"], " WHERE FALSE", lambda case: [case["nothing"]])
    spark.stop()
    print("\n".join(wrong) or f"{held} cases hold")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
