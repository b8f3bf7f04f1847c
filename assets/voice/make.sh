#!/bin/sh
# Makes the WAV files of this folder from voices.txt, with espeak-ng and sox.
# They are committed, so that nobody needs either to build.
set -eu
cd "$(dirname "$0")"
while read -r name text; do
	espeak-ng -v en-gb -s 160 --stdout "$text" |
		sox -t wav - -b 16 -c 1 "$name.wav" gain -n -6 rate -h 8000 lowpass 3400 highpass 200 norm -6
done <voices.txt
