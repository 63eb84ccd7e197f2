import { dmcFixed, whole } from '../format/numbers.js';
import { costOf, partsOf } from '../model/money.js';
import { Measure } from './parts.js';

const Fixed = ({ udmc }: { readonly udmc: string | bigint }) => <Measure value={dmcFixed(udmc)} unit="DMC" />;

/** What a job was funded with, as a line of its parts and as a list. */
export function Money({ of }: { readonly of: Parameters<typeof partsOf>[0] }) {
  const parts = partsOf(of);
  return (
    <div class="money">
      <div class="split" aria-hidden="true">
        {parts.map(({ name, share, before }) => (
          <i
            key={name}
            data-part={name}
            style={{ transform: `translateX(${before * 100}%) scaleX(${share})` }}
          />
        ))}
      </div>
      <table>
        <caption class="hidden">Where the money of the job went</caption>
        <thead class="hidden">
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ name, udmc }) => (
            <tr key={name}>
              <th scope="row">
                <i data-part={name} aria-hidden="true" />
                {name}
              </th>
              <td class="number">
                <Fixed udmc={udmc} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">funded</th>
            <td class="number" title={`${whole(of.funded)} udmc, of which ${whole(costOf(of))} were spent`}>
              <Fixed udmc={of.funded} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
