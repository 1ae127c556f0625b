import { readManifests } from '../../lib/manifests/read-manifests';
import type { EngineProfile } from '../../lib/model/engine-profile';
import { Reachability } from '../../lib/reachability/reachability';

/** What an explanation says of an unknown address: in which range it would matter, and what would tell it. */

describe('of an address that is not known', () => {
  const POD = { app: 'web' };
  const explained = (block: object, profile: EngineProfile = {}) => {
    const cluster = readManifests([
      ...['web', 'db'].map((name) => ({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace: 'shop' },
        spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name }] } } },
      })),
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'web', namespace: 'shop' },
        spec: {
          podSelector: { matchLabels: POD },
          policyTypes: ['Egress'],
          egress: [{ to: [{ ipBlock: block }] }],
        },
      },
    ]).cluster;
    const reachability = Reachability.of(cluster, { profile });
    return reachability.explain({ from: 'shop/web', to: 'shop/db', port: 80 });
  };

  test.each([
    {
      why: 'the exception decides, and not the block around it',
      block: { cidr: '0.0.0.0/0', except: ['10.240.0.0/22', '203.0.113.0/24'] },
      lies: '10.240.0.0/22; podCidrs of the profile would tell',
    },
    {
      why: 'the block decides',
      block: { cidr: '10.0.0.0/9' },
      lies: '10.0.0.0/9; podCidrs of the profile would tell',
    },
    {
      why: 'both decide',
      block: { cidr: '10.0.0.0/9', except: ['10.1.0.0/16', '10.2.0.0/16'] },
      lies: '10.0.0.0/9, 10.1.0.0/16 and 10.2.0.0/16; podCidrs of the profile would tell',
    },
    {
      why: 'the profile tells the range of pods, and that is not enough',
      block: { cidr: '0.0.0.0/0', except: ['10.240.0.0/22'] },
      profile: { podCidrs: ['10.240.0.0/16'] },
      lies: '10.240.0.0/22',
    },
  ])('$why', ({ block, profile, lies }) => {
    const text = explained(block, profile);
    expect(text).toContain(`Unknown because it is not known whether the address of shop/db lies in ${lies}.`);
    expect(text).toContain('; perhaps allowed by policy shop/web egress rule 0');
    expect(text).not.toContain('; allowed by');
  });

  test('podCidrs of the profile tell', () => {
    const block = { cidr: '0.0.0.0/0', except: ['10.240.0.0/22'] };
    expect(explained(block, { podCidrs: ['10.244.0.0/16'] })).toContain('Allowed:');
    expect(explained(block, { podCidrs: ['10.240.0.0/24'] })).toContain('Denied:');
  });
});
