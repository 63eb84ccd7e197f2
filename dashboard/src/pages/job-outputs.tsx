import { useEffect, useState } from 'preact/hooks';
import { droppedFiles } from '../ui/dropped.js';
import { Section } from '../ui/parts.js';
import { Shapes } from '../ui/shapes.js';
import { type Outputs as Read, readOutputs } from './read-outputs.js';

const free = (read: Read | undefined): void => {
  for (const { url } of read?.outputs ?? []) if (url) URL.revokeObjectURL(url);
};

const standing = ({ outputs, total }: Read): string => {
  const wrong = outputs.filter(({ check }) => check === 'not what the chain has').length;
  const same = outputs.filter(({ check }) => check === 'as on the chain').length;
  const of = `${outputs.length} of ${total} outputs`;
  if (wrong > 0) return `${of}; ${wrong} differ from the chain`;
  return same === outputs.length
    ? `${of}, each as on the chain`
    : `${of}, ${same} of them compared with the chain`;
};

/** Shows a job's outputs from the directory that its requester fetched them into. */
export function Outputs({ jobId }: { readonly jobId: string }) {
  const [read, setRead] = useState<Read>();
  const [message, setMessage] = useState('');
  const [over, setOver] = useState(false);
  useEffect(() => () => free(read), [read]);
  const take = async (files: Promise<readonly File[]>) => {
    setMessage('Reading \u2026');
    try {
      const next = await readOutputs(await files, jobId, AbortSignal.timeout(30_000));
      setRead(next);
      setMessage(standing(next));
    } catch (error) {
      setRead(undefined);
      setMessage((error as Error).message);
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer) void take(droppedFiles(event.dataTransfer.items));
  };
  return (
    <Section title="Outputs" aside={<span role="status">{message}</span>}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the field inside */}
      <div
        class={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <p>
          Outputs are encrypted for the requester. If you fetched them, drop the directory with manifest.json
          here, or choose it. They are shown and compared with the chain in this browser, and sent nowhere.
        </p>
        <label class="choose">
          Choose directory
          <input
            type="file"
            multiple
            {...{ webkitdirectory: true }}
            onChange={(event) => take(Promise.resolve(Array.from(event.currentTarget.files ?? [])))}
          />
        </label>
      </div>
      {read && <Shapes outputs={read.outputs} />}
    </Section>
  );
}
