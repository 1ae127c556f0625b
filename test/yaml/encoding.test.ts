import { decodeText } from '../../lib/yaml/encoding';

const TEXT = 'a: "é😀"\r\n';
const UTF_16 = Buffer.from(TEXT, 'utf16le');
const swapped = () => Buffer.from(UTF_16).swap16();

test.each([
  { why: 'UTF-8', bytes: Buffer.from(TEXT), text: TEXT },
  { why: 'UTF-8 with a mark', bytes: Buffer.from(`\ufeff${TEXT}`), text: TEXT },
  {
    why: 'UTF-8 with two marks, of which the second is text',
    bytes: Buffer.from(`\ufeff\ufeff${TEXT}`),
    text: `\ufeff${TEXT}`,
  },
  {
    why: 'UTF-16 as PowerShell writes it',
    bytes: Buffer.concat([Buffer.from([0xff, 0xfe]), UTF_16]),
    text: TEXT,
  },
  {
    why: 'UTF-16 the other way round',
    bytes: Buffer.concat([Buffer.from([0xfe, 0xff]), swapped()]),
    text: TEXT,
  },
  { why: 'nothing', bytes: Buffer.alloc(0), text: '' },
  { why: 'a mark alone', bytes: Buffer.from([0xff, 0xfe]), text: '' },
])('$why is text', ({ bytes, text }) => {
  expect(decodeText(bytes)).toEqual({ text });
});

test.each([
  {
    why: 'Latin-1',
    bytes: Buffer.from(TEXT, 'latin1'),
    got: 'bytes that are not UTF-8, the first of them after 4 bytes',
  },
  {
    why: 'UTF-16 that breaks off',
    bytes: Buffer.concat([Buffer.from([0xff, 0xfe]), UTF_16.subarray(0, 5)]),
    got: 'bytes that are not UTF-16, the first of them after 6 bytes',
  },
  {
    why: 'UTF-16 with half of a pair',
    bytes: Buffer.from([0xfe, 0xff, 0, 0x61, 0xd8, 0, 0, 0x61]),
    got: 'bytes that are not UTF-16, the first of them after 4 bytes',
  },
])('$why is refused', ({ bytes, got }) => {
  expect(decodeText(bytes)).toMatchObject({ problem: { code: 'encoding-invalid', got } });
});
