#ifndef CALLWARD_PORT_H
#define CALLWARD_PORT_H

#include <stdint.h>

// The samples that a port holds: a third of a second, as long as the desk may
// sleep without a gap in what the microphone heard.
#define PORT_DEPTH 16384

// A port is where the sound of one device crosses from the device's thread to Go
// or back. The positions are those of package ring, with which Go works on the
// other end: they count samples and run over freely; a sample lies at its
// position modulo PORT_DEPTH.
struct port {
	uint64_t read;  // position of the next sample to read
	char pad1[56];  // the two ends' positions in cache lines of their own
	uint64_t write; // position of the next sample to write
	char pad2[56];

	// Written by the device's thread alone.
	uint64_t turns;  // how often it came
	uint64_t missed; // samples of silence that it played for want of others
	uint64_t most;   // the most samples that it moved at a time, but for its first
	int64_t last;    // when it came last, as port_now tells it

	int16_t samples[PORT_DEPTH];
};

// port_join lets the thread of an initialised miniaudio device, made with p as its
// user data, work on p: a capture device writes it, a playback device reads it. It
// returns 0, with nothing done, where the device is not laid out as is known here.
int port_join(void *device, struct port *p, int playback);

// port_now returns a time in nanoseconds that only ever rises.
int64_t port_now(void);

#endif
