import { connect } from 'node:net';

/** What wasm-reduce runs on each candidate: asks whoever listens at a socket about a file, and prints the answer. */
const [, , socket = '', file = ''] = process.argv;
const connection = connect(socket);
connection.write(file);
connection.pipe(process.stdout);
