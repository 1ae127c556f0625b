import { Writable } from 'node:stream';
import { ProgressLine } from '../../lib/cli/progress-line';
import { print } from '../../lib/cli/terminal';
import { harmless } from '../../lib/model/harmless';

const PIECE = harmless('x'.repeat(1000));

/** Endless text that tells how much of it was taken. */
function endless() {
  const taken = { pieces: 0 };
  function* pieces() {
    for (;;) {
      taken.pieces += 1;
      yield PIECE;
    }
  }
  return { taken, pieces: pieces() };
}

/** A reader that fails at its third piece. */
function failing(code: string): Writable {
  let writes = 0;
  return new Writable({
    write(_chunk, _encoding, done) {
      writes += 1;
      setImmediate(() => done(writes > 2 ? Object.assign(new Error(`write ${code}`), { code }) : null));
    },
  });
}

test('a reader that leaves ends even endless text, quietly', async () => {
  const { taken, pieces } = endless();
  await expect(print(failing('EPIPE'), pieces)).resolves.toBeUndefined();
  expect(taken.pieces).toBeLessThan(300);
});

test('any other failure is one', async () => {
  await expect(print(failing('ENOSPC'), endless().pieces)).rejects.toThrow('ENOSPC');
});

test('what goes wrong while text is made is told as it is', async () => {
  function* broken() {
    yield PIECE;
    throw new Error('no such end');
  }
  await expect(print(failing('EPIPE'), broken())).rejects.toThrow(/^no such end$/);
});

test('text is not made faster than it is read', async () => {
  const { taken, pieces } = endless();
  let ahead = 0;
  let written = 0;
  const slow = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.length;
      ahead = Math.max(ahead, taken.pieces * PIECE.length - written);
      setImmediate(() => done(written > 1_000_000 ? Object.assign(new Error(), { code: 'EPIPE' }) : null));
    },
  });
  await print(slow, pieces);
  expect(written).toBeGreaterThan(1_000_000);
  expect(ahead).toBeLessThan(100_000);
});

describe('the line that tells what goes on', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  interface Size {
    readonly isTTY?: boolean;
    readonly columns?: number;
  }

  /** What a screen is sent while a line is there. */
  function watched(screen: Size, work: (line: ProgressLine) => void): string {
    jest.useFakeTimers();
    let text = '';
    const stream = new Writable({
      write(chunk, _encoding, done) {
        text += chunk;
        done();
      },
    });
    work(new ProgressLine(Object.assign(stream, screen)));
    return text;
  }

  /** The same, when something is told after some milliseconds, and then is over. */
  function sent(after: number, screen: Size): string {
    return watched(screen, (line) => {
      jest.advanceTimersByTime(after);
      line.show('reading: 7 pods');
      line.clear();
    });
  }

  test.each([
    { why: 'is not there for a second', after: 999, screen: { isTTY: true, columns: 80 }, text: '' },
    {
      why: 'is there then, and gone in the end',
      after: 1001,
      screen: { isTTY: true, columns: 80 },
      text: '\r\u001b[Kreading: 7 pods\r\u001b[K',
    },
    {
      why: 'leaves the last column free',
      after: 1001,
      screen: { isTTY: true, columns: 8 },
      text: '\r\u001b[Kreading\r\u001b[K',
    },
    {
      why: 'is whole where the width is not known',
      after: 1001,
      screen: { isTTY: true, columns: 0 },
      text: '\r\u001b[Kreading: 7 pods\r\u001b[K',
    },
    { why: 'is never in a pipe', after: 5000, screen: {}, text: '' },
  ])('$why', ({ after, screen, text }) => {
    expect(sent(after, screen)).toBe(text);
  });

  test('comes by itself while nothing answers', () => {
    const text = watched({ isTTY: true, columns: 80 }, (line) => {
      line.show('reading');
      jest.advanceTimersByTime(1001);
    });
    expect(text).toBe('\r\u001b[Kreading');
  });

  test.each([
    { why: 'in a pipe', screen: {} },
    { why: 'for what is over before', screen: { isTTY: true }, isOver: true },
  ])('does not come by itself $why', ({ screen, isOver }) => {
    const text = watched(screen, (line) => {
      line.show('reading');
      if (isOver) {
        line.clear();
      }
      jest.advanceTimersByTime(5000);
    });
    expect(text).toBe('');
  });
});
