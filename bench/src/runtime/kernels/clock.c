// Tells the processor time of a native kernel, in nanoseconds, on stderr.
#include <stdio.h>
#include <time.h>

__attribute__((destructor)) static void tell(void) {
  struct timespec used;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  fprintf(stderr, "%lld\n", used.tv_sec * 1000000000LL + used.tv_nsec);
}
