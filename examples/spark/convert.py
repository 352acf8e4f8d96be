"""Converts posts on a Spark cluster: each partition is piped through one `postferry convert --ndjson`.

usage: spark-submit convert.py IN OUT [ARGUMENT ...]

IN holds JSON lines, each {"id"?, "path"?, "text"}; OUT is a folder that Spark makes. The arguments are postferry's:
`-t hugo`, say. `postferry` must be on the PATH of every worker, or POSTFERRY name it.

Spark keeps the order: the lines of OUT, part after part, are those that one process gives for IN.
"""

import os
import shlex
import sys

from pyspark.sql import SparkSession


def main() -> None:
    source, target, *arguments = sys.argv[1:]
    program = os.environ.get("POSTFERRY", "postferry")
    command = " ".join(shlex.quote(word) for word in [program, "convert", "--ndjson", *arguments])
    spark = SparkSession.builder.appName("postferry").getOrCreate()
    try:
        # Exit status 1 means that some posts failed, and their lines say which: that is no reason to lose the others.
        # Anything above it is.
        tolerant = f"{command} || test $? -eq 1"
        lines = spark.sparkContext.textFile(source, minPartitions=int(os.environ.get("PARTITIONS", "2")))
        piped = lines.pipe(f"sh -c {shlex.quote(tolerant)}", env=dict(os.environ), checkCode=True)
        piped.saveAsTextFile(target)
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
