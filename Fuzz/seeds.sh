#!/bin/sh
# Seeds for the fuzzer out of our own samples: seeds.sh STANDARD FOLDER. Each file gets the byte in front of it that
# chooses limits, chunks and length (FuzzCase.swift); four of them, so that each kind is met.
set -eu
standard=$1
folder=$2
mkdir -p "$folder"
case $standard in
x12) mark='^ISA' ;;
edifact) mark='^UN[AB]' ;;
*) echo "seeds.sh: x12 or edifact, not $standard" >&2; exit 2 ;;
esac
n=0
grep -rlaE "$mark" samples/drop Tests/EDIReaderTests/Samples | LC_ALL=C sort | while read -r file; do
    [ "$(wc -c <"$file")" -le 16384 ] || continue
    n=$((n + 1))
    for first in '\000' '\132' '\227' '\350'; do
        { printf "$first"; cat "$file"; } >"$folder/$n-$(printf "$first" | od -An -tu1 | tr -d ' ')"
    done
done
