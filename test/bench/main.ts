import { benchAgainst } from './against';
import { benchCiliumKinds } from './cilium-kinds';
import { type Part, readCommandLine, USAGE, UsageError } from './command-line';
import { benchDifference } from './difference';
import { benchEvaluation } from './evaluation';
import { benchExamples } from './examples';
import { benchGrowth } from './growth';
import { benchLint } from './lint';
import { benchLoading } from './loading';
import { benchReading } from './reading';
import type { SizeName } from './sizes';
import { benchStart } from './start';
import { benchSynthesis } from './synthesis';

const BENCHES: Record<Part, (sizes: readonly SizeName[] | undefined) => void | Promise<void>> = {
  synthesis: benchSynthesis,
  loading: benchLoading,
  start: benchStart,
  reading: (sizes) => {
    benchReading(sizes);
    benchExamples();
  },
  evaluation: benchEvaluation,
  cilium: benchCiliumKinds,
  lint: benchLint,
  difference: benchDifference,
  growth: benchGrowth,
};

async function main(): Promise<void> {
  const request = readCommandLine(process.argv.slice(2));
  if (request === 'help') {
    console.log(USAGE);
  } else if ('against' in request) {
    await benchAgainst(request);
  } else {
    for (const part of request.parts) {
      await BENCHES[part](request.sizes);
    }
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? `error: ${error.message}\n\n${USAGE}` : error);
  process.exitCode = 2;
});
