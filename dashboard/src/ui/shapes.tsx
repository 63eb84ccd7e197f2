import { useState } from 'preact/hooks';
import { quantity } from '../format/numbers.js';
import { columnsFor, type Digit, type Shape } from '../model/outputs.js';

interface Output {
  readonly index: number;
  readonly name: string;
  readonly status: string;
  readonly size: number;
  readonly shape: Shape;
  readonly url?: string;
  readonly check: string;
}

/** Leads from here on are as good as certain: 20 to 1. */
const SURE = 300;

const Digits = ({ digits }: { readonly digits: readonly Digit[] }) => (
  <p class="digits">
    {digits.map(({ digit, lead }, i) => (
      <span key={i} class={lead < SURE ? 'unsure' : ''} title={`lead ${lead / 100}`}>
        {digit}
      </span>
    ))}
  </p>
);

function One({ output }: { readonly output: Output }) {
  const { shape, url, name, size, check, status } = output;
  return (
    <li>
      <h3>
        {name}
        <span class={check === 'not what the chain has' ? 'trouble' : 'soft'}>
          {` ${status === 'OK' ? '' : `${status}, `}${quantity(size, 'B')}, ${check}`}
        </span>
      </h3>
      {shape.kind === 'image' && (
        <img src={url} width={shape.width} height={shape.height} alt={`Output of ${name}`} />
      )}
      {shape.kind === 'digits' && <Digits digits={shape.digits} />}
      {shape.kind === 'text' && <pre>{shape.text}</pre>}
      {shape.kind === 'bytes' && <pre>{shape.hex}</pre>}
    </li>
  );
}

/** Tiles of one size, put together in their order. */
function Mosaic({
  tiles,
  width,
  height,
}: {
  readonly tiles: readonly Output[];
  readonly width: number;
  readonly height: number;
}) {
  const [columns, setColumns] = useState(() => columnsFor(tiles.length, width, height));
  return (
    <div class="mosaic">
      <label class="choice">
        <span>Columns</span>
        <input
          type="number"
          min={1}
          max={tiles.length}
          value={columns}
          onInput={(event) =>
            setColumns(Math.max(1, Math.min(tiles.length, event.currentTarget.valueAsNumber || 1)))
          }
        />
      </label>
      <div
        class="tiles"
        style={{
          gridTemplateColumns: `repeat(${columns}, 1fr)`,
          maxWidth: `max(${columns * width}px, 100%)`,
        }}
      >
        {tiles.map(({ index, name, url }) => (
          <img key={index} src={url} width={width} height={height} alt={`Output of ${name}`} />
        ))}
      </div>
    </div>
  );
}

/** Outputs as what they are: images of one size as one picture, all else one by one. */
export function Shapes({ outputs }: { readonly outputs: readonly Output[] }) {
  const [first] = outputs;
  const size = first?.shape.kind === 'image' ? first.shape : undefined;
  const alike =
    size !== undefined &&
    outputs.length > 1 &&
    outputs.every(
      ({ shape }) => shape.kind === 'image' && shape.width === size.width && shape.height === size.height,
    );
  if (alike) return <Mosaic tiles={outputs} width={size.width} height={size.height} />;
  return (
    <ol class="outputs">
      {outputs.map((output) => (
        <One key={output.index} output={output} />
      ))}
    </ol>
  );
}
