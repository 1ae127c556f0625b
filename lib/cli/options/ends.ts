import { type Command, InvalidArgumentError, Option } from 'commander';
import { PortSet } from '../../model/port-set';
import { parsePort, readPort } from '../../model/port-text';
import { type PictureOptions, wideOption } from './format';
import { type JudgingOptions, judging, type KnownOptions, knownOnlyOption, possibleOption } from './judging';
import { andBefore, type NamespaceOptions, PATHS, readingSource } from './source';

/** What can be an end of a connection. */
const END = 'ns/workload, ns/pod, with -n their name alone, an address, a CIDR';

/** What a verb can be told about ends. */
interface EndsOptions extends JudgingOptions, NamespaceOptions, KnownOptions {}

/** What a verb can be told that asks one question. */
export interface QuestionOptions extends EndsOptions {
  readonly http?: string;
}

/** What a verb can be told that lists who exchanges what. */
export interface BetweenEndsOptions extends EndsOptions, PictureOptions {
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  /** @default every port */
  readonly port?: PortSet;
}

/** A verb that asks one question: `VERB FROM TO [PORT] PATH…`. */
export function asking(verb: Command): Command {
  return namingEnds(readingSource(judging(verb).addOption(knownOnlyOption())))
    .usage('[options] <from> <to> [port] <path...>')
    .argument(
      '<from>',
      `${END}, node:NAME, internet, or pods by their labels: any, ns/*, ns/app=web, */app=web`,
    )
    .argument('<to>', 'as from, or a host name: login.microsoftonline.com')
    .argument(
      '[path...]',
      `${PATHS}. Before them the port of the pods, ` +
        'every port when left out: 5432, 5432/TCP, 8000-8100/TCP, */UDP or the name of a container port',
    )
    .option(
      '--http <request>',
      "whether this request passes, too, where policies of Cilium filter HTTP: 'GET /orders'",
    );
}

/** A verb that lists who exchanges what, all of it or between two ends: `VERB [--from END] [--to END] PATH…`. */
export function listingBetweenEnds(verb: Command): Command {
  return namingEnds(
    readingSource(
      judging(verb)
        .addOption(wideOption())
        .addOption(knownOnlyOption())
        .addOption(
          possibleOption(
            'with --cluster: count the pods that could be there, too; those of files always count',
          ),
        ),
    ),
    '; without --from and --to, only what concerns its pods is listed',
  )
    .argument('[path...]', PATHS)
    .option(
      '--from <end>',
      `only from here: ${END}, internet, or pods by their labels: any, ns/*, ns/app=web; may be repeated`,
      andBefore,
    )
    .option('--to <end>', 'only to here, which may also be a host name; may be repeated', andBefore);
}

/** @param what is told of these ports alone */
export function portOption(what: string): Option {
  return new Option(
    '--port <port>',
    `only ${what} on these ports: 5432, 53/UDP, 8000-8100, */TCP; may be repeated`,
  ).argParser((text: string, before: PortSet = PortSet.NONE) => before.or(portsOf(text)));
}

/** @throws InvalidArgumentError */
function portsOf(text: string): PortSet {
  const written = parsePort(text);
  if (written === undefined || written.kind === 'name') {
    throw new InvalidArgumentError('Write a number, a range or a protocol: 5432, 8000-8100/TCP, */UDP.');
  }
  return (readPort(text) as { readonly ports: PortSet }).ports;
}

/** @param more what it does where no end is told */
function namingEnds(verb: Command, more = ''): Command {
  return verb.option(
    '-n, --namespace <name>',
    `where a name alone is sought, and in files where objects are that name none; with --cluster the context's when left out${more}`,
  );
}
