import { App } from 'cdk8s';
import { StoreOnCilium } from './store-on-cilium';

const app = new App();
new StoreOnCilium(app, 'cilium-fqdn');
app.synth();
