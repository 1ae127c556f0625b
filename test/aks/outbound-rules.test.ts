import { AksTraffic, type EgressRule } from 'cdk8s-aks-network-policy';
import { AZURE_CLOUDS, type AzureCloud } from '../../lib/aks/clouds';
import { HOSTS, type HostPurpose } from '../../lib/aks/host-names';
import page from './outbound-rules.json';

/** A row of the page's tables. */
interface Row {
  readonly section: string;
  readonly destinations: readonly string[];
  readonly protocol: string;
  readonly port: string;
}

const addresses = ['10.9.0.4'];
const traffic = AksTraffic.on({ apiServerAddresses: addresses });

/** The rule of each preset that stands for rows. */
const PRESETS = {
  toApiServer: traffic.toApiServer(),
  toCustomDns: traffic.toCustomDns({ addresses }),
  toEntraId: traffic.toEntraId({ addresses }),
  toResourceManager: traffic.toResourceManager({ addresses }),
  toKeyVault: traffic.toKeyVault({ addresses }),
  toContainerRegistry: traffic.toContainerRegistry({ addresses }),
  toMonitor: traffic.toMonitor({ addresses }),
} as const satisfies Record<string, EgressRule>;
type Preset = keyof typeof PRESETS;

const BY_PURPOSE: Readonly<Record<HostPurpose, Preset>> = {
  'entra-id': 'toEntraId',
  'resource-manager': 'toResourceManager',
  'key-vault': 'toKeyVault',
  'container-registry': 'toContainerRegistry',
  monitor: 'toMonitor',
};

/** What a preset stands for and no list of hosts has. */
const BY_DESTINATION: readonly (readonly [destination: RegExp, preset: Preset])[] = [
  [/^APIServerPublicIP:443$/, 'toApiServer'],
  [/^\*\.(hcp|tun)\.<location>\./, 'toApiServer'],
  [/^CustomDNSIP:53$/, 'toCustomDns'],
  // A service tag, which names addresses.
  [/^AzureMonitor:443$/, 'toMonitor'],
  // Printed so; vaults are names below it.
  [/^vault\.azure\.net$/, 'toKeyVault'],
];

/** Why pods of yours need no rule for the others: nodes, and pods that AKS runs, send this. */
const EXPLAINED: readonly { readonly why: string; readonly is: (row: Row) => boolean }[] = [
  {
    why: 'the tunnel to the control plane is that of nodes and of konnectivity-agent, for which AKS has a policy',
    is: ({ destinations }) => destinations.some((each) => /^\*:(1194|9000|22)$/.test(each)),
  },
  {
    why: 'nodes set their clocks',
    is: ({ destinations }) => destinations.includes('ntp.ubuntu.com:123'),
  },
  {
    why: 'nodes install packages',
    is: ({ destinations }) =>
      destinations.every((each) =>
        /^(packages\.microsoft\.com|acs-mirror\.azureedge\.net|packages\.aks\.azure\.com|\*\.azk8s\.cn)$/.test(
          each,
        ),
      ),
  },
  { why: 'nodes update their system', is: ({ section }) => /^Optional recommended/.test(section) },
  { why: 'nodes with GPUs install drivers', is: ({ section }) => /^GPU enabled/.test(section) },
  { why: 'Windows nodes update themselves', is: ({ section }) => /^Windows Server/.test(section) },
  {
    why: 'Defender runs as pods of AKS in kube-system',
    is: ({ section }) => section.includes('Microsoft Defender for Containers'),
  },
  {
    why: 'Azure Policy runs as pods of AKS in kube-system and gatekeeper-system',
    is: ({ section }) => section.includes('/ Azure Policy /'),
  },
  {
    why: 'extensions run as pods of their own, in namespaces of their own',
    is: ({ section }) => section.startsWith('Cluster extensions'),
  },
];

const CLOUDS: readonly (readonly [section: RegExp, cloud: AzureCloud])[] = [
  [/21Vianet/, 'AzureChinaCloud'],
  [/Government/, 'AzureUSGovernment'],
  [/Azure Global|Azure public cloud/, 'AzureCloud'],
];

/** The cloud that a row is about; undefined where it is about all. */
const cloudOf = ({ section }: Row) => CLOUDS.find(([pattern]) => pattern.test(section))?.[1];

/** The names of a purpose in the cloud that a row is about. */
function namesFor({ names }: (typeof HOSTS)[HostPurpose], row: Row): readonly string[] {
  const cloud = cloudOf(row);
  return cloud === undefined ? Object.values(names).flat() : names[cloud];
}

/** A host as the library writes it: any label where the page has a place for the region. */
const written = (destination: string) => destination.replace(/<[^>]*>/g, '*');

function presetOf(row: Row): Preset | undefined {
  const { destinations } = row;
  const byHosts = Object.entries(HOSTS).find(([, hosts]) =>
    destinations.every((each) => namesFor(hosts, row).includes(written(each))),
  );
  return byHosts === undefined
    ? BY_DESTINATION.find(([pattern]) => destinations.every((each) => pattern.test(each)))?.[1]
    : BY_PURPOSE[byHosts[0] as HostPurpose];
}

const reasonOf = (row: Row) => EXPLAINED.find(({ is }) => is(row))?.why;

const rows: readonly Row[] = page.rules;

test('the page has 103 rows', () => {
  expect(rows).toHaveLength(103);
});

test('every row is a preset, or explained', () => {
  expect(rows.filter((row) => presetOf(row) === undefined && reasonOf(row) === undefined)).toEqual([]);
});

test.each(rows.map((row) => ({ row, preset: presetOf(row) })).filter(({ preset }) => preset !== undefined))(
  '$preset opens the port of $row.destinations',
  ({ row: { protocol, port }, preset }) => {
    const open = PRESETS[preset as Preset].ports?.map(String);
    expect(open).toContain(`${port}/${protocol.split('/')[0]}`);
  },
);

test('a row that nobody knows is neither', () => {
  const row = { section: 'A new feature', destinations: ['new.azure.com'], protocol: 'TCP', port: '443' };
  expect([presetOf(row), reasonOf(row)]).toEqual([undefined, undefined]);
});

test('so many rows are each', () => {
  const count: Record<string, number> = {};
  for (const row of rows) {
    const by = presetOf(row) ?? (reasonOf(row) as string);
    count[by] = (count[by] ?? 0) + 1;
  }
  expect(count).toEqual({
    'Azure Policy runs as pods of AKS in kube-system and gatekeeper-system': 6,
    'Defender runs as pods of AKS in kube-system': 1,
    'Windows nodes update themselves': 2,
    'extensions run as pods of their own, in namespaces of their own': 10,
    'nodes install packages': 8,
    'nodes set their clocks': 3,
    'nodes update their system': 2,
    'nodes with GPUs install drivers': 3,
    'the tunnel to the control plane is that of nodes and of konnectivity-agent, for which AKS has a policy': 7,
    toApiServer: 7,
    toContainerRegistry: 9,
    toCustomDns: 3,
    toEntraId: 7,
    toKeyVault: 2,
    toMonitor: 29,
    toResourceManager: 4,
  });
});

test('every reason explains a row', () => {
  for (const { why } of EXPLAINED) {
    expect(rows.filter((row) => presetOf(row) === undefined).map(reasonOf)).toContain(why);
  }
});

test('no host is made up: every one stands on the page, for its cloud', () => {
  const madeUp = AZURE_CLOUDS.flatMap((cloud) => {
    const there = rows.filter((row) => [cloud, undefined].includes(cloudOf(row)));
    const known = new Set(there.flatMap(({ destinations }) => destinations.map(written)));
    return Object.values(HOSTS)
      .flatMap(({ names }) => names[cloud])
      .filter((name) => !known.has(name));
  });
  expect(madeUp).toEqual(['*.vault.azure.net']);
});
