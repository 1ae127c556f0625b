import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A cluster with its policies, and connections to judge in it. */
export interface Question {
  /** As in manifests, of the three kinds; a namespace that is left out is `default`. */
  readonly policies: readonly unknown[];
  /** Objects of which only the API server is asked, by the schemas of Cilium's kinds. */
  readonly stored?: readonly unknown[];
  /** One that is left out, and a pod is in, has no labels but its name's. */
  readonly namespaces?: readonly { readonly name: string; readonly labels?: Labels }[];
  readonly pods: readonly QuestionPod[];
  /** Other nodes than those of the pods: a pod's own is `{ host: true }`. */
  readonly nodes?: readonly { readonly name: string; readonly ip: string }[];
  readonly services?: readonly QuestionService[];
  /** CiliumCIDRGroups, as in manifests. */
  readonly groups?: readonly unknown[];
  /** @default true; Azure runs it where Advanced Container Networking Services are on */
  readonly l7Proxy?: boolean;
  /**
   * The option `policy-default-local-cluster`.
   *
   * @default false, as on Azure; Cilium itself has true from 1.19
   */
  readonly defaultLocalCluster?: boolean;
  readonly probes: readonly Probe[];
}

type Labels = Readonly<Record<string, string>>;

export interface QuestionPod {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Labels;
  /** @default none */
  readonly serviceAccount?: string;
  readonly ports?: readonly { readonly name?: string; readonly protocol?: string; readonly port: number }[];
  readonly ip?: string;
}

export interface QuestionService {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Labels;
  readonly selector?: Labels;
  /** Those of the endpoint slices of a service without a selector. */
  readonly addresses?: readonly string[];
}

export interface Probe {
  readonly from: End;
  readonly to: End;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP' | 'ICMP';
  /** From 1; the type where the protocol is ICMP. */
  readonly port: number;
}

/** An address that is a pod's is that pod. */
export type End =
  /** Its index in the question. */
  | { readonly pod: number }
  | { readonly address: string }
  /** The node that the pod at the other end runs on. */
  | { readonly host: true }
  | { readonly remoteNode: true }
  /** The API server behind this address, which is so for every probe of the question. */
  | { readonly apiServer: string };

export interface Answer {
  /** For each policy the error with which the agent leaves it out, or null. A policy with groups of AWS has none. */
  readonly invalid: readonly (string | null)[];
  /** For each object of which the API server is asked why it does not store it, or null. It prunes no null. */
  readonly refused: readonly (string | null)[];
  /** For each probe. */
  readonly verdicts: readonly Verdict[];
}

export interface Verdict {
  readonly egress: Side;
  readonly ingress: Side;
  /** Whether a side allows it through its proxy, which then looks at requests or names. */
  readonly l7: boolean;
}

/** `none`: no pod is there, whose policies would say. */
export type Side = 'allow' | 'deny' | 'none';

/**
 * What the own code of Cilium's agent says. Questions that are asked at once are answered one after the other.
 *
 * What the schema in the API server would refuse is looked for in `stored` alone, no name is ever looked up, and a pod that calls
 * itself is judged by its policies, although no such packet leaves it.
 */
export function ask(question: Question): Promise<Answer> {
  program ??= start();
  const { child, waiting } = program;
  return new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    child.stdin.write(`${JSON.stringify({ l7Proxy: true, ...question })}\n`);
  });
}

/** Whether both sides let a connection pass. */
export function passes({ egress, ingress }: Verdict): boolean {
  return egress !== 'deny' && ingress !== 'deny';
}

interface Program {
  readonly child: ChildProcessWithoutNullStreams;
  readonly waiting: Waiting[];
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

let program: Program | undefined;

afterAll(() => {
  program?.child.kill();
});

function start(): Program {
  const path = process.env.CILIUM_ORACLE;
  if (path === undefined) {
    throw new Error('Run these tests with npm run test:cilium, which builds what they need first.');
  }
  const child = spawn(path);
  const waiting: Waiting[] = [];
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  createInterface(child.stdout).on('line', (line) => {
    const { resolve, reject } = waiting.shift() as Waiting;
    const answer = JSON.parse(line) as Answer | { error: string };
    if ('error' in answer) {
      reject(new Error(answer.error));
    } else {
      resolve(answer);
    }
  });
  const fail = (error: Error) => {
    program = undefined;
    for (const { reject } of waiting.splice(0)) {
      reject(error);
    }
  };
  child.on('error', fail);
  child.on('close', (status) => fail(new Error(`${path} ended with ${status}: ${complaints}`)));
  return { child, waiting };
}
