import fc from 'fast-check';
import { seeds } from '../manifests/seeds';
import { checkPlain, checkPlainDocuments, nearlyPlain } from './plain-property';

test('a document that is read plainly has the value that js-yaml gives it', () => {
  let plain = 0;
  const property = fc.property(nearlyPlain, (text) => {
    plain += checkPlain(text) ? 1 : 0;
  });
  fc.assert(property, { numRuns: 20_000 });
  expect(plain).toBeGreaterThan(3000);
});

test('so have manifests that somebody wrote', () => {
  expect(seeds().reduce((plain, text) => plain + checkPlainDocuments(text), 0)).toBeGreaterThan(10);
});

const SHOP = `# Source: shop/templates/db.yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: "db"
  labels: {}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: db

  ingress:
  - from:
      - ipBlock:
          cidr: 10.0.0.0/8
          except:
          - 10.1.0.0/16
    ports:
    - port: 5432
      protocol: TCP
    - port: 'pg'
  egress: []
  policyTypes:
  # both
  - Ingress
  - Egress
`;

test.each([
  { why: 'a manifest of one kind of every plain thing', text: SHOP },
  { why: 'the same behind its separator', text: `---\n${SHOP}` },
  { why: 'a document whose last line does not end', text: 'kind: Namespace' },
  { why: 'a key without a value', text: 'metadata:\nkind: Pod\n' },
  { why: 'true and false', text: 'a: true\nb: false\nc: y\nd: "y"\n' },
  {
    why: 'text that begins with a digit',
    text: 'a: 1.2.3.4\nb: 1e3\nc: 0x10\nd: 010\ne: 1_0\nf: 10.0.0.0/8\n',
  },
])('$why is plain', ({ text }) => {
  expect(checkPlain(text)).toBe(true);
});

test.each([
  { why: 'a key twice', text: 'a: 1\na: 2\n' },
  { why: 'a key that is no text', text: 'yes: 1\n' },
  { why: 'a key that every object has', text: 'constructor: 1\n' },
  { why: 'an anchor', text: 'a: &b c\n' },
  { why: 'a tag', text: 'a: !!str 1\n' },
  { why: 'a block of text', text: 'a: |\n  b\n' },
  { why: 'text over two lines', text: 'a: b\n  c\n' },
  { why: 'a comment behind a value', text: 'a: b # c\n' },
  { why: 'an escape', text: 'a: "\\n"\n' },
  { why: 'a quote that does not end', text: 'a: "b\n' },
  { why: 'a quoted quote', text: "a: 'b''c'\n" },
  { why: 'an object below a value', text: 'a: b\n  c: d\n' },
  { why: 'a line between two indentations', text: 'a:\n    b: c\n  d: e\n' },
  { why: 'a list beside keys', text: 'a: b\n- c\n' },
  { why: 'a tab', text: 'a:\n\tb: c\n' },
  { why: 'a letter beyond ASCII', text: 'a: ü\n' },
  { why: 'a letter beyond ASCII in a comment', text: 'a: b\n# c: ü\n' },
  { why: 'a control character in a comment', text: 'a: b\n# c: \u0001\n' },
  { why: 'a carriage return', text: 'a: b\r\n' },
  { why: 'the end of a document', text: 'a: b\n...\n' },
  { why: 'a value on the line of the separator', text: '--- a\n' },
  { why: 'a list of lists', text: 'a:\n- - b\n' },
  { why: 'a list as the document', text: '- a\n' },
  { why: 'nothing but a comment', text: '# a\n' },
  { why: 'nothing', text: '' },
])('$why is not', ({ text }) => {
  expect(checkPlain(text)).toBe(false);
});
