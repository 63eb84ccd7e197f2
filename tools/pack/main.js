#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 20 || (major === 20 && minor >= 19)) {
  await import('./node/main.js');
} else {
  process.stderr.write(`dmcn: needs Node 20.19 or newer, this is ${process.versions.node}\n`);
  process.exitCode = 1;
}
