import { IpSet } from '../../lib/model/ip-set';
import { PodSet } from '../../lib/model/pod-set';
import { PortSet } from '../../lib/model/port-set';
import type { Connection, Party } from '../../lib/reachability/answers/parties';
import { PartyWords } from '../../lib/reachability/answers/party-words';
import { toldRows } from '../../lib/render/told-rows';
import { connection, member, workloads } from './rows';

const KNOWN = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => member(name).workload);
const words = new PartyWords(KNOWN, IpSet.IPV4);

const anyPod: Party = { possible: { set: PodSet.ANY, except: [] } };
const everyAddress: Party = { addresses: IpSet.IPV4 };
const all = workloads('a', 'b', 'c', 'd', 'e', 'f');
const db = workloads('db');
const DNS = PortSet.range('UDP', 53);

const tell = (rows: readonly Connection[]) =>
  toldRows(rows, words, ({ ports, verdict }) => `${ports.key} ${verdict}`).map(
    ({ from, to, row, others }) =>
      `${from} → ${to} ${row.ports}${others.length === 0 ? '' : ` (${others.length} more)`}`,
  );

test.each<{ why: string; rows: readonly Connection[]; told: readonly string[] }>([
  {
    why: 'any pod, every address and every workload',
    rows: [connection(all, db), connection(everyAddress, db), connection(anyPod, db)],
    told: ['everybody → shop/db 5432/TCP (2 more)'],
  },
  {
    why: 'in whatever order they come, at the place of the first',
    rows: [
      connection(anyPod, db),
      connection(db, db, DNS),
      connection(all, db),
      connection(everyAddress, db),
    ],
    told: ['everybody → shop/db 5432/TCP (2 more)', 'shop/db → shop/db 53/UDP'],
  },
  {
    why: 'as receivers',
    rows: [connection(db, all), connection(db, everyAddress), connection(db, anyPod)],
    told: ['shop/db → everybody 5432/TCP (2 more)'],
  },
  {
    why: 'all but one',
    rows: [
      connection(workloads('a', 'b', 'c', 'd', 'e'), db),
      connection(everyAddress, db),
      connection(anyPod, db),
    ],
    told: ['everybody except shop/f → shop/db 5432/TCP (2 more)'],
  },
  {
    why: 'without a known one',
    rows: [connection(everyAddress, db), connection(anyPod, db)],
    told: ['any pod and every address → shop/db 5432/TCP (1 more)'],
  },
  {
    why: 'known ones in a row each keep it',
    rows: [connection(all, db), connection(db, db), connection(everyAddress, db), connection(anyPod, db)],
    told: [
      'every workload → shop/db 5432/TCP',
      'shop/db → shop/db 5432/TCP',
      'any pod and every address → shop/db 5432/TCP (1 more)',
    ],
  },
  {
    why: 'known ones on other ports stay apart',
    rows: [connection(all, db, DNS), connection(everyAddress, db), connection(anyPod, db)],
    told: ['every workload → shop/db 53/UDP', 'any pod and every address → shop/db 5432/TCP (1 more)'],
  },
  {
    why: 'addresses on other ports stay apart, and so does everybody else',
    rows: [connection(all, db), connection(everyAddress, db, DNS), connection(anyPod, db)],
    told: [
      'every workload → shop/db 5432/TCP',
      'every address → shop/db 53/UDP',
      'any pod → shop/db 5432/TCP',
    ],
  },
  {
    why: 'with others they stay apart',
    rows: [connection(everyAddress, db), connection(anyPod, workloads('a'))],
    told: ['every address → shop/db 5432/TCP', 'any pod → shop/a 5432/TCP'],
  },
  {
    why: 'not every address',
    rows: [connection({ addresses: IpSet.ofCidrs(['10.0.0.0/8']) }, db), connection(anyPod, db)],
    told: ['10.0.0.0/8 → shop/db 5432/TCP', 'any pod → shop/db 5432/TCP'],
  },
  {
    why: 'not any pod',
    rows: [
      connection(everyAddress, db),
      connection({ possible: { set: PodSet.ANY, except: [PodSet.inNamespace('x')] } }, db),
    ],
    told: ['every address → shop/db 5432/TCP', 'any pod, except any pod of namespace x → shop/db 5432/TCP'],
  },
  {
    why: 'what is unknown is not joined to what is allowed',
    rows: [{ ...connection(everyAddress, db), verdict: 'unknown' }, connection(anyPod, db)],
    told: ['every address → shop/db 5432/TCP', 'any pod → shop/db 5432/TCP'],
  },
])('$why', ({ rows, told }) => {
  expect(tell(rows)).toEqual(told);
});
