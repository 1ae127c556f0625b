package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"sync"

	"github.com/cilium/hive"
	"github.com/cilium/hive/cell"
	"github.com/cilium/statedb"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	kjson "sigs.k8s.io/json"

	cmtypes "github.com/cilium/cilium/pkg/clustermesh/types"
	ipcachetypes "github.com/cilium/cilium/pkg/ipcache/types"
	ciliumv2 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
	"github.com/cilium/cilium/pkg/k8s/client"
	"github.com/cilium/cilium/pkg/k8s/resource"
	slimnetworkingv1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/networking/v1"
	"github.com/cilium/cilium/pkg/k8s/synced"
	"github.com/cilium/cilium/pkg/labels"
	"github.com/cilium/cilium/pkg/loadbalancer"
	"github.com/cilium/cilium/pkg/option"
	policycell "github.com/cilium/cilium/pkg/policy/cell"
	policyk8s "github.com/cilium/cilium/pkg/policy/k8s"
	policytypes "github.com/cilium/cilium/pkg/policy/types"
	"github.com/cilium/cilium/pkg/source"
)

// watcher runs the agent's watcher of policies, groups of addresses and services on objects that no API server sent.
type watcher struct {
	hive           *hive.Hive
	policies       objects[*slimnetworkingv1.NetworkPolicy]
	ciliumPolicies objects[*ciliumv2.CiliumNetworkPolicy]
	clusterwide    objects[*ciliumv2.CiliumClusterwideNetworkPolicy]
	groups         objects[*ciliumv2.CiliumCIDRGroup]
	imported       *importer
	logger         *slog.Logger
	nextGeneration int64
}

func startWatcher(logger *slog.Logger, addresses policycell.IPCacher, q question) (*watcher, error) {
	w := &watcher{
		policies:       newObjects[*slimnetworkingv1.NetworkPolicy](),
		ciliumPolicies: newObjects[*ciliumv2.CiliumNetworkPolicy](),
		clusterwide:    newObjects[*ciliumv2.CiliumClusterwideNetworkPolicy](),
		groups:         newObjects[*ciliumv2.CiliumCIDRGroup](),
		imported:       &importer{updates: map[ipcachetypes.ResourceID]*policytypes.PolicyUpdate{}},
		logger:         logger,
	}
	database, serviceTable, backendTable, err := serviceTables(q.Services)
	if err != nil {
		return nil, err
	}
	w.hive = hive.New(policyk8s.Cell, synced.Cell, cell.Provide(
		func() client.Clientset { return enabledClient{} },
		func() *option.DaemonConfig { return option.Config },
		func() cmtypes.PolicyConfig {
			return cmtypes.PolicyConfig{PolicyDefaultLocalCluster: q.DefaultLocalCluster}
		},
		func() *statedb.DB { return database },
		func() statedb.Table[*loadbalancer.Service] { return serviceTable },
		func() statedb.Table[*loadbalancer.Backend] { return backendTable },
		func() policycell.IPCacher { return addresses },
		func() policycell.PolicyImporter { return w.imported },
		func() resource.Resource[*slimnetworkingv1.NetworkPolicy] { return w.policies },
		func() resource.Resource[*ciliumv2.CiliumNetworkPolicy] { return w.ciliumPolicies },
		func() resource.Resource[*ciliumv2.CiliumClusterwideNetworkPolicy] { return w.clusterwide },
		func() resource.Resource[*ciliumv2.CiliumCIDRGroup] { return w.groups },
		policyk8s.NewCNPMetricsNoop,
	))
	return w, w.hive.Start(logger, context.Background())
}

// take gives a policy to the agent and returns why it is refused.
func (w *watcher) take(policy json.RawMessage) error {
	var kind metav1.TypeMeta
	if err := kjson.UnmarshalCaseSensitivePreserveInts(policy, &kind); err != nil {
		return err
	}
	// A second policy of the same name replaces the first, as a later version of it would.
	w.nextGeneration++
	switch kind.Kind {
	case "NetworkPolicy":
		object := &slimnetworkingv1.NetworkPolicy{}
		if err := kjson.UnmarshalCaseSensitivePreserveInts(policy, object); err != nil {
			return err
		}
		object.Namespace = namespaceOrDefault(object.Namespace)
		return w.policies.send(resource.Upsert, object)
	case "CiliumNetworkPolicy":
		object := &ciliumv2.CiliumNetworkPolicy{}
		if err := kjson.UnmarshalCaseSensitivePreserveInts(policy, object); err != nil {
			return err
		}
		object.Namespace = namespaceOrDefault(object.Namespace)
		object.Generation = w.nextGeneration
		return w.ciliumPolicies.send(resource.Upsert, object)
	case "CiliumClusterwideNetworkPolicy":
		object := &ciliumv2.CiliumClusterwideNetworkPolicy{}
		if err := kjson.UnmarshalCaseSensitivePreserveInts(policy, object); err != nil {
			return err
		}
		// The agent takes one with a namespace for a CiliumNetworkPolicy; no API server stores such.
		object.Namespace = ""
		object.Generation = w.nextGeneration
		return w.clusterwide.send(resource.Upsert, object)
	}
	return fmt.Errorf("no policy: %s", kind.Kind)
}

func (w *watcher) takeGroup(group *ciliumv2.CiliumCIDRGroup) {
	w.groups.send(resource.Upsert, group)
}

// stop returns the rules of all policies that were not refused.
func (w *watcher) stop() (map[ipcachetypes.ResourceID]*policytypes.PolicyUpdate, error) {
	// What waits in the agent for the first objects ends only after these.
	w.groups.send(resource.Sync, nil)
	w.policies.send(resource.Sync, nil)
	w.ciliumPolicies.send(resource.Sync, nil)
	w.clusterwide.send(resource.Sync, nil)
	err := w.hive.Stop(w.logger, context.Background())
	close(w.policies.events)
	close(w.ciliumPolicies.events)
	close(w.clusterwide.events)
	close(w.groups.events)
	return w.imported.all(), err
}

func namespaceOrDefault(name string) string {
	if name == "" {
		return metav1.NamespaceDefault
	}
	return name
}

// objects are those of a kind, which the agent reads as if they came from the API server.
type objects[T runtime.Object] struct {
	resource.Resource[T]
	events chan resource.Event[T]
}

func newObjects[T runtime.Object]() objects[T] {
	return objects[T]{events: make(chan resource.Event[T])}
}

func (o objects[T]) Events(context.Context, ...resource.EventsOpt) <-chan resource.Event[T] {
	return o.events
}

// send waits until the agent is done with the object, and returns its error.
func (o objects[T]) send(kind resource.EventKind, object T) error {
	done := make(chan error, 1)
	event := resource.Event[T]{Kind: kind, Object: object, Done: func(err error) { done <- err }}
	if kind == resource.Upsert {
		event.Key = resource.NewKey(object)
	}
	o.events <- event
	return <-done
}

// importer keeps what the agent would put into its repository of policies.
type importer struct {
	mutex   sync.Mutex
	updates map[ipcachetypes.ResourceID]*policytypes.PolicyUpdate
}

func (i *importer) UpdatePolicy(update *policytypes.PolicyUpdate) {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	i.updates[update.Resource] = update
	if update.DoneChan != nil {
		update.DoneChan <- 1
	}
}

func (i *importer) all() map[ipcachetypes.ResourceID]*policytypes.PolicyUpdate {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	updates := i.updates
	i.updates = map[ipcachetypes.ResourceID]*policytypes.PolicyUpdate{}
	return updates
}

// enabledClient tells the agent that there is a Kubernetes, and is asked for nothing else.
type enabledClient struct{ client.Clientset }

func (enabledClient) IsEnabled() bool { return true }

func serviceTables(services []service) (
	*statedb.DB, statedb.Table[*loadbalancer.Service], statedb.Table[*loadbalancer.Backend], error,
) {
	database := statedb.New()
	serviceTable, err := loadbalancer.NewServicesTable(loadbalancer.DefaultConfig, database)
	if err != nil {
		return nil, nil, nil, err
	}
	backendTable, err := loadbalancer.NewBackendsTable(database)
	if err != nil {
		return nil, nil, nil, err
	}
	transaction := database.WriteTxn(serviceTable, backendTable)
	defer transaction.Commit()
	for _, service := range services {
		name := loadbalancer.NewServiceName(service.Namespace, service.Name)
		serviceTable.Insert(transaction, &loadbalancer.Service{
			Name:     name,
			Source:   source.Kubernetes,
			Labels:   labels.Map2Labels(service.Labels, labels.LabelSourceK8s),
			Selector: service.Selector,
		})
		for _, address := range service.Addresses {
			parsed, err := netip.ParseAddr(address)
			if err != nil {
				return nil, nil, nil, err
			}
			backendTable.Insert(transaction, &loadbalancer.Backend{
				ServiceName: name,
				Address: loadbalancer.NewL3n4Addr(
					loadbalancer.TCP, cmtypes.AddrClusterFrom(parsed, 0), 80, loadbalancer.ScopeExternal),
				Source: source.Kubernetes,
			})
		}
	}
	return database, serviceTable, backendTable, nil
}

func synchronized() synced.CacheStatus {
	status := make(synced.CacheStatus)
	close(status)
	return status
}
