import { Chart } from 'cdk8s';
import { NamespaceBaseline } from 'cdk8s-aks-network-policy';
import { Deployment, LabelSelector, Namespace, ServiceType } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** Where each service answers Prometheus. */
export const METRICS_PORT = 9464;

/** A part of Google's demo shop in a namespace of its own, shut but for name resolution. */
abstract class Boutique extends Chart {
  public readonly services: Deployment[] = [];

  public constructor(scope: Construct, namespace: string) {
    super(scope, namespace, { namespace });
    new Namespace(this, 'namespace', { metadata: { name: namespace } });
    new NamespaceBaseline(this, 'baseline', { ingress: 'DenyAll', egress: 'DenyAll' });
  }

  /** A service that answers on `port`; without one it only calls others. */
  protected service(name: string, port?: number): Deployment {
    const deployment = new Deployment(this, name, {
      metadata: { name },
      podMetadata: { labels: { app: name } },
      select: false,
      replicas: 1,
      containers: [
        {
          name: 'server',
          image: `us-central1-docker.pkg.dev/google-samples/microservices-demo/${name}:v0.10.3`,
          ports: [
            ...(port === undefined ? [] : [{ name: 'server', number: port }]),
            { name: 'metrics', number: METRICS_PORT },
          ],
        },
      ],
    });
    deployment.select(LabelSelector.of({ labels: { app: name } }));
    if (port !== undefined) {
      deployment.exposeViaService({ name, ports: [{ port }] });
    }
    this.services.push(deployment);
    return deployment;
  }
}

/** What customers see, and the load generator that plays them. */
export class Front extends Boutique {
  public readonly frontend = this.service('frontend', 8080);
  public readonly loadgenerator = this.service('loadgenerator');

  public constructor(scope: Construct, namespace: string) {
    super(scope, namespace);
    this.frontend.exposeViaService({
      name: 'frontend-external',
      serviceType: ServiceType.LOAD_BALANCER,
      ports: [{ port: 80, targetPort: 8080 }],
    });
  }
}

/** The services behind it. */
export class Back extends Boutique {
  public readonly adservice = this.service('adservice', 9555);
  public readonly cartservice = this.service('cartservice', 7070);
  public readonly checkoutservice = this.service('checkoutservice', 5050);
  public readonly currencyservice = this.service('currencyservice', 7000);
  public readonly emailservice = this.service('emailservice', 8080);
  public readonly paymentservice = this.service('paymentservice', 50051);
  public readonly productcatalogservice = this.service('productcatalogservice', 3550);
  public readonly recommendationservice = this.service('recommendationservice', 8080);
  public readonly shippingservice = this.service('shippingservice', 50051);
  public readonly rediscart = this.service('redis-cart', 6379);
}
