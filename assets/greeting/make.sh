#!/bin/sh
# Makes the WAV files of this folder from greetings.txt, with espeak-ng and sox.
# They are committed, so that nobody needs either to build.
set -eu
cd "$(dirname "$0")"
while read -r name voice text; do
	espeak-ng -v "$voice" -s 160 --stdout "$text" |
		sox -t wav - -b 16 -c 1 "$name.wav" gain -n -6 rate -h 16000 highpass 100 \
			silence 1 0.005 0.1% reverse silence 1 0.005 0.1% reverse pad 0.08 0.08 norm -4
done <greetings.txt
