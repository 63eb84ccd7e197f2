import { serveUnits } from '../executor/serve-units.js';
import type { FromHost, ToHost } from '../executor/unit-host.js';

const serve = serveUnits((answer: FromHost) => postMessage(answer));

addEventListener('message', ({ data }: MessageEvent<ToHost>) => void serve(data));
