#!/usr/bin/env python3
"""An import script in Python: every post of a folder, as Hugo has it, into another folder.

usage: import.py POSTS TARGET
"""

import json
import subprocess
import sys
from pathlib import Path


class Ferry:
    """One process for all posts: a line of JSON goes in, a line of JSON comes out."""

    def __init__(self, *arguments):
        command = ["postferry", "convert", "--ndjson", *arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def convert(self, path, text):
        self.process.stdin.write(json.dumps({"path": str(path), "text": text}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def main(posts, target):
    target.mkdir(parents=True, exist_ok=True)
    ferry = Ferry("--to", "hugo")
    failed = False
    for path in sorted(posts.iterdir()):
        # newline="" leaves the ends of lines as they are.
        with path.open(encoding="utf-8", newline="") as file:
            answer = ferry.convert(path, file.read())
        error = answer.get("error")
        if error:
            print(f"{path}:{error['line']}:{error['column']}: {error['message']}", file=sys.stderr)
            failed = True
            continue
        for message in answer["report"]:
            if message["severity"] != "note":
                print(f"{path}:{message['line']}: {message['message']}", file=sys.stderr)
        with (target / path.with_suffix(".md").name).open("w", encoding="utf-8", newline="") as file:
            file.write(answer["text"])
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
