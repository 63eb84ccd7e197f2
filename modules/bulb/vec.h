/* Points, directions and colours in three dimensions. */
#ifndef VEC_H
#define VEC_H
#include <math.h>

typedef struct {
  double x, y, z;
} vec;

static inline vec v3(double x, double y, double z) { return (vec){x, y, z}; }
static inline vec add(vec a, vec b) { return v3(a.x + b.x, a.y + b.y, a.z + b.z); }
static inline vec sub(vec a, vec b) { return v3(a.x - b.x, a.y - b.y, a.z - b.z); }
static inline vec mul(vec a, vec b) { return v3(a.x * b.x, a.y * b.y, a.z * b.z); }
static inline vec scale(vec a, double s) { return v3(a.x * s, a.y * s, a.z * s); }
static inline vec along(vec from, vec direction, double t) { return add(from, scale(direction, t)); }
static inline vec mix(vec a, vec b, double t) { return add(scale(a, 1 - t), scale(b, t)); }
static inline double dot(vec a, vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
static inline vec cross(vec a, vec b) {
  return v3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x);
}
static inline vec unit(vec a) { return scale(a, 1 / sqrt(dot(a, a))); }
static inline vec reflect(vec d, vec n) { return sub(d, scale(n, 2 * dot(d, n))); }
static inline double clamp(double x, double low, double high) { return x < low ? low : x > high ? high : x; }
static inline double smooth(double low, double high, double x) {
  double t = clamp((x - low) / (high - low), 0, 1);
  return t * t * (3 - 2 * t);
}

#endif
