/* Puts the clock on the wall wrong for one process, by the nanoseconds in the file that SKEW names. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t *skew;

static int (*real)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
	const char *path = getenv("SKEW");
	int file = path ? open(path, O_RDONLY) : -1;
	if (file >= 0) {
		void *there = mmap(0, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
		skew = there == MAP_FAILED ? 0 : there;
		close(file);
	}
}

int clock_gettime(clockid_t clock, struct timespec *now) {
	if (!real) {
		real = dlsym(RTLD_NEXT, "clock_gettime");
	}
	int result = real(clock, now);
	if (!result && skew && clock == CLOCK_REALTIME) {
		int64_t all = (int64_t) now->tv_sec * 1000000000 + now->tv_nsec + *skew;
		now->tv_sec = all / 1000000000;
		now->tv_nsec = all % 1000000000;
	}
	return result;
}

int gettimeofday(struct timeval *now, void *zone) {
	struct timespec fine;
	int result = clock_gettime(CLOCK_REALTIME, &fine);
	now->tv_sec = fine.tv_sec;
	now->tv_usec = fine.tv_nsec / 1000;
	return result;
}

time_t time(time_t *at) {
	struct timespec fine;
	clock_gettime(CLOCK_REALTIME, &fine);
	if (at) {
		*at = fine.tv_sec;
	}
	return fine.tv_sec;
}
