import { App } from 'cdk8s';
import { AksStore } from './aks-store';

const app = new App();
new AksStore(app, 'aks-store');
app.synth();
