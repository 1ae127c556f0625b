import { Deployment, LabelSelector, Service, ServiceType, StatefulSet } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

const IMAGES = 'ghcr.io/azure-samples/aks-store-demo';
const MIRROR = 'mcr.microsoft.com/mirror/docker/library';

/** Deployments, stateful sets and services of https://github.com/Azure-Samples/aks-store-demo. */
export class StoreWorkloads extends Construct {
  public readonly storeFront = this.frontEnd('store-front', 8080);
  public readonly storeAdmin = this.frontEnd('store-admin', 8081);
  public readonly orderService = this.service('order-service', 3000);
  public readonly makelineService = this.service('makeline-service', 3001);
  public readonly productService = this.service('product-service', 3002);
  public readonly aiService = this.service('ai-service', 5001);
  public readonly virtualCustomer = this.deployment('virtual-customer', []);
  public readonly virtualWorker = this.deployment('virtual-worker', []);
  public readonly rabbitmq = this.statefulSet('rabbitmq', `${MIRROR}/rabbitmq:3.10-management-alpine`, {
    'rabbitmq-amqp': 5672,
    'rabbitmq-http': 15672,
  });
  public readonly mongodb = this.statefulSet('mongodb', `${MIRROR}/mongo:4.2`, { mongodb: 27017 });

  private frontEnd(name: string, port: number): Deployment {
    const deployment = this.deployment(name, [port]);
    deployment.exposeViaService({
      name,
      serviceType: ServiceType.LOAD_BALANCER,
      ports: [{ port: 80, targetPort: port }],
    });
    return deployment;
  }

  private service(name: string, port: number): Deployment {
    const deployment = this.deployment(name, [port]);
    deployment.exposeViaService({ name, ports: [{ port }] });
    return deployment;
  }

  private deployment(name: string, ports: number[]): Deployment {
    const deployment = new Deployment(this, name, {
      metadata: { name },
      podMetadata: { labels: { app: name } },
      select: false,
      replicas: 1,
      containers: [{ name, image: `${IMAGES}/${name}:latest`, ports: ports.map((number) => ({ number })) }],
    });
    deployment.select(LabelSelector.of({ labels: { app: name } }));
    return deployment;
  }

  private statefulSet(name: string, image: string, ports: Record<string, number>): StatefulSet {
    const service = new Service(this, `${name}-service`, {
      metadata: { name },
      ports: Object.entries(ports).map(([name, port]) => ({ name, port })),
    });
    const statefulSet = new StatefulSet(this, name, {
      metadata: { name },
      podMetadata: { labels: { app: name } },
      select: false,
      service,
      containers: [{ name, image, ports: Object.entries(ports).map(([name, number]) => ({ name, number })) }],
    });
    statefulSet.select(LabelSelector.of({ labels: { app: name } }));
    return statefulSet;
  }
}
