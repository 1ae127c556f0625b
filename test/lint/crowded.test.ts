import { CROWDED } from '../support/crowded';
import { findingsOf } from './judge';

test('whoever else comes in is told by what it is, however many they are', () => {
  const [finding] = findingsOf('only-from', {
    manifests: CROWDED,
    intent: {
      expectations: [
        { kind: 'only-from', to: 'data/app-001', from: ['shop/app-000'], reason: 'it holds orders' },
      ],
    },
  });
  expect(finding?.message).toMatchInlineSnapshot(
    `"others reach it as well: every workload of namespace shop (except shop/app-000), any pod of namespaces with team=ops and any pod of namespaces with team=shop on 8080/TCP; data/app-000 and pods with tier=front in namespace data on every port (expected because: it holds orders)"`,
  );
});
