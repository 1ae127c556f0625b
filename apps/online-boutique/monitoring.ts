import { Chart } from 'cdk8s';
import { AllowedConnection, NamespaceBaseline, Port } from 'cdk8s-aks-network-policy';
import { Deployment, LabelSelector, Namespace } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { METRICS_PORT } from './boutique';

/** A namespace whose Prometheus reaches the metrics of every service, and nothing else of them. */
export class Monitoring extends Chart {
  public constructor(scope: Construct, namespace: string, props: { scrape: Deployment[] }) {
    super(scope, namespace, { namespace });
    new Namespace(this, 'namespace', { metadata: { name: namespace } });
    new NamespaceBaseline(this, 'baseline', { egress: 'DenyAll' });

    const prometheus = new Deployment(this, 'prometheus', {
      metadata: { name: 'prometheus' },
      podMetadata: { labels: { app: 'prometheus' } },
      select: false,
      containers: [{ image: 'quay.io/prometheus/prometheus:v3.5.0', portNumber: 9090 }],
    });
    prometheus.select(LabelSelector.of({ labels: { app: 'prometheus' } }));
    for (const service of props.scrape) {
      new AllowedConnection(this, `scrape-${service.name}`, {
        from: prometheus,
        to: service,
        ports: [Port.tcp(METRICS_PORT)],
      });
    }
  }
}
