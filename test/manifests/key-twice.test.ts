import { readManifests } from '../../lib/manifests/read-manifests';
import { shut, useFolder, web } from './folder';

const { at, write, told } = useFolder();

describe('a key that stands twice', () => {
  const twice = (kind: string, apiVersion: string, more = '') =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\ntype: a\ntype: b\n${more}`;

  test.each([
    { why: 'in a Secret is told', text: twice('Secret', 'v1') },
    { why: 'in rules of Prometheus is told', text: twice('PrometheusRule', 'monitoring.coreos.com/v1') },
  ])('$why, and is no problem', ({ text }) => {
    write({ 'a.yaml': text, 'web.json': web });
    const { problems, remarks } = readManifests([at()]);
    expect([problems, remarks]).toEqual([[], [expect.objectContaining({ code: 'key-duplicate' })]]);
    expect(remarks[0]?.fix).toMatch(/; this changes no answer$/);
  });

  test.each([
    { why: 'of which somebody makes pods', text: twice('Prometheus', 'monitoring.coreos.com/v1') },
    {
      why: 'to which a policy refers',
      text: twice('GlobalNetworkSet', 'crd.projectcalico.org/v1'),
    },
    {
      why: 'in which another stands',
      text: twice('Work', 'placement.kubernetes-fleet.io/v1', `spec: { m: ${JSON.stringify(shut)} }\n`),
    },
  ])('is one in an object $why', ({ text }) => {
    write({ 'a.yaml': text });
    expect(told().problems).toEqual(['a.yaml key-duplicate']);
  });
});
