// Branches: numbers sorted, and each of them sought.
#include <stdint.h>
#include <stdio.h>

enum { N = 1 << 16, TURNS = 30 };

static uint32_t numbers[N];

static void sort(uint32_t *a, int n) {
  while (n > 12) {
    uint32_t pivot = a[n / 2];
    int i = 0, j = n - 1;
    for (;;) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i >= j) break;
      uint32_t other = a[i];
      a[i++] = a[j], a[j--] = other;
    }
    sort(a, j + 1);
    a += j + 1, n -= j + 1;
  }
  for (int i = 1; i < n; i++) {
    uint32_t x = a[i];
    int j = i;
    for (; j > 0 && a[j - 1] > x; j--) a[j] = a[j - 1];
    a[j] = x;
  }
}

static int find(uint32_t x) {
  int low = 0, high = N;
  while (low < high) {
    int middle = (low + high) / 2;
    if (numbers[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

int main(void) {
  uint32_t state = 1, sum = 0;
  for (int turn = 0; turn < TURNS; turn++) {
    for (int i = 0; i < N; i++) state = state * 1664525u + 1013904223u, numbers[i] = state >> 2;
    sort(numbers, N);
    for (int i = 0; i < N; i++) state = state * 1664525u + 1013904223u, sum = sum * 31 + find(state >> 2);
  }
  printf("%u\n", sum);
}
