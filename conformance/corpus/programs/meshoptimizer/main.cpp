#include <meshoptimizer.h>
#include <algorithm>
#include <map>
#include <string>
#include <vector>
#include "../stdin.h"

struct Vertex {
  float x, y, z;
};

template <class T>
static void say(const std::string &what, const std::vector<T> &items) {
  printf("%s: %d, digest %08x\n", what.c_str(), (int)items.size(), digest(items.data(), items.size() * sizeof(T)));
}

/* Takes stdin as heights of a square field, makes a mesh of it, and orders, simplifies, measures and packs that. */
int main() {
  size_t length;
  const unsigned char *in = read_stdin(&length);
  unsigned side = 1;
  while ((side + 1) * (side + 1) <= length) side++;
  if (side < 3) {
    puts("no field");
    return 1;
  }
  std::vector<Vertex> vertices;
  std::vector<unsigned> indices;
  for (unsigned i = 0; i < side * side; i++)
    vertices.push_back({float(i % side), float(i / side), in[i] / 64.0f});
  for (unsigned y = 0; y + 1 < side; y++)
    for (unsigned x = 0; x + 1 < side; x++) {
      unsigned at = y * side + x;
      for (unsigned corner : {at, at + 1, at + side, at + 1, at + side + 1, at + side}) indices.push_back(corner);
    }
  const float *positions = &vertices[0].x;
  meshopt_optimizeVertexCache(indices.data(), indices.data(), indices.size(), vertices.size());
  say("cache", indices);
  meshopt_optimizeOverdraw(indices.data(), indices.data(), indices.size(), positions, vertices.size(), sizeof(Vertex), 1.05f);
  say("overdraw", indices);
  auto fetched = vertices;
  meshopt_optimizeVertexFetch(fetched.data(), indices.data(), indices.size(), vertices.data(), vertices.size(), sizeof(Vertex));
  say("fetch", fetched);
  for (float share : {0.5f, 0.1f}) {
    std::vector<unsigned> fewer(indices.size());
    float error = 0;
    fewer.resize(meshopt_simplify(fewer.data(), indices.data(), indices.size(), &fetched[0].x, fetched.size(),
                                  sizeof(Vertex), size_t(indices.size() * share), 0.05f, 0, &error));
    say("simplified, error " + std::to_string(error), fewer);
  }
  std::vector<unsigned char> packed(meshopt_encodeIndexBufferBound(indices.size(), fetched.size()));
  packed.resize(meshopt_encodeIndexBuffer(packed.data(), packed.size(), indices.data(), indices.size()));
  say("packed indices", packed);
  std::vector<unsigned> back(indices.size());
  if (meshopt_decodeIndexBuffer(back.data(), back.size(), sizeof(unsigned), packed.data(), packed.size())) return 2;
  packed.resize(meshopt_encodeVertexBufferBound(fetched.size(), sizeof(Vertex)));
  packed.resize(meshopt_encodeVertexBuffer(packed.data(), packed.size(), fetched.data(), fetched.size(), sizeof(Vertex)));
  say("packed vertices", packed);
  std::map<unsigned, int> degrees;
  for (unsigned index : back) degrees[index]++;
  std::vector<std::pair<int, unsigned>> busiest;
  for (auto &[index, degree] : degrees) busiest.push_back({-degree, index});
  std::sort(busiest.begin(), busiest.end());
  for (size_t i = 0; i < std::min<size_t>(5, busiest.size()); i++) printf("%u in %d\n", busiest[i].second, -busiest[i].first);
  return packed.size() > 5 && meshopt_decodeIndexBuffer(back.data(), back.size(), sizeof(unsigned), packed.data(), 5) == 0;
}
