// `cdk8s synth` runs this file. Each example also runs alone: cdk8s synth --app 'tsx apps/aks-store/main.ts'
import './aks-store/main';
import './cilium-fqdn/main';
import './online-boutique/main';
import './portal-form/main';
