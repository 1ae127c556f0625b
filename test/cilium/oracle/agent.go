package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"sync"

	cmtypes "github.com/cilium/cilium/pkg/clustermesh/types"
	"github.com/cilium/cilium/pkg/crypto/certificatemanager"
	envoypolicy "github.com/cilium/cilium/pkg/envoy/policy"
	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/identity/identitymanager"
	"github.com/cilium/cilium/pkg/ipcache"
	ipcachetypes "github.com/cilium/cilium/pkg/ipcache/types"
	"github.com/cilium/cilium/pkg/labels"
	"github.com/cilium/cilium/pkg/policy"
	policytypes "github.com/cilium/cilium/pkg/policy/types"
	"github.com/cilium/cilium/pkg/source"
	testidentity "github.com/cilium/cilium/pkg/testutils/identity"
	testpolicy "github.com/cilium/cilium/pkg/testutils/policy"
)

// agent has what the agent of a node knows of a cluster: who is behind which address, and the policies.
type agent struct {
	logger     *slog.Logger
	allocator  *testidentity.MockIdentityAllocator
	addresses  *ipcache.IPCache
	local      identitymanager.IDManager
	repository *policy.Repository
	endpoints  []*endpoint
}

func newAgent(logger *slog.Logger) *agent {
	a := &agent{
		logger:    logger,
		allocator: testidentity.NewMockIdentityAllocator(nil),
		local:     identitymanager.NewIDManager(logger),
	}
	a.addresses = ipcache.NewIPCache(&ipcache.Configuration{
		Context:           context.Background(),
		Logger:            logger,
		IdentityAllocator: a.allocator,
		IdentityUpdater:   a,
		CacheStatus:       synchronized(),
	})
	secrets := certificatemanager.NewMockSecretManagerInline()
	a.repository = policy.NewPolicyRepository(logger, identity.ListReservedIdentities(), certificates{},
		envoypolicy.NewEnvoyL7RulesTranslator(logger, secrets), a.local, testpolicy.NewPolicyMetricsNoop())
	return a
}

// UpdateIdentities tells the selectors of policies about addresses that have got an identity.
func (a *agent) UpdateIdentities(added, deleted identity.IdentityMap) <-chan struct{} {
	a.repository.GetSelectorCache().UpdateIdentities(added, deleted, &sync.WaitGroup{})
	done := make(chan struct{})
	close(done)
	return done
}

// addPods makes an endpoint of each pod. All of them run on this node.
func (a *agent) addPods(pods []pod, namespaces []namespace) error {
	for i, pod := range pods {
		lbls := identityLabels(pod, namespaces)
		id, added, err := a.allocator.AllocateIdentity(context.Background(), lbls, false, identity.InvalidIdentity)
		if err != nil {
			return err
		}
		if added {
			a.UpdateIdentities(identity.IdentityMap{id.ID: id.LabelArray}, nil)
		}
		a.local.Add(id)
		endpoint := newEndpoint(a, i, pod, id)
		a.endpoints = append(a.endpoints, endpoint)
		_, err = a.addresses.Upsert(endpoint.address.String(), nil, 0, &ipcache.K8sMetadata{
			Namespace:  pod.Namespace,
			PodName:    pod.Name,
			NamedPorts: endpoint.namedPorts,
		}, ipcache.Identity{ID: id.ID, Source: source.CustomResource})
		if err != nil {
			return err
		}
	}
	return nil
}

// addAddresses gives addresses outside of pods the labels that other parts of the agent give them.
func (a *agent) addAddresses(nodes []node, apiServers []string) error {
	// The rest of the world, as the agent does for its own node.
	a.addresses.OverrideIdentity(cmtypes.NewLocalPrefixCluster(netip.PrefixFrom(netip.IPv4Unspecified(), 0)),
		labels.LabelWorld, source.Local, ipcachetypes.NewResourceID(ipcachetypes.ResourceKindDaemon, "", "reserved"))
	for _, node := range nodes {
		err := a.label(node.IP, labels.LabelRemoteNode, source.Kubernetes,
			ipcachetypes.NewResourceID(ipcachetypes.ResourceKindNode, "", node.Name))
		if err != nil {
			return err
		}
	}
	for _, address := range apiServers {
		err := a.label(address, labels.LabelKubeAPIServer, source.KubeAPIServer,
			ipcachetypes.NewResourceID(ipcachetypes.ResourceKindEndpoint, "default", "kubernetes"))
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *agent) label(address string, lbls labels.Labels, from source.Source, by ipcachetypes.ResourceID) error {
	parsed, err := netip.ParseAddr(address)
	if err != nil {
		return err
	}
	a.addresses.UpsertMetadata(
		cmtypes.NewLocalPrefixCluster(netip.PrefixFrom(parsed, parsed.BitLen())), from, by, lbls)
	return nil
}

// addPolicies does what the agent's importer does: the CIDRs of policies get identities, then their rules apply.
func (a *agent) addPolicies(updates map[ipcachetypes.ResourceID]*policytypes.PolicyUpdate) error {
	var prefixes []ipcache.MU
	for _, update := range updates {
		for _, prefix := range policy.GetCIDRPrefixes(update.Rules) {
			prefixes = append(prefixes, ipcache.MU{
				Prefix:   cmtypes.NewLocalPrefixCluster(prefix),
				Source:   update.Source,
				Resource: update.Resource,
				Metadata: []ipcache.IPMetadata{labels.GetCIDRLabels(prefix)},
				IsCIDR:   true,
			})
		}
	}
	revision := a.addresses.UpsertMetadataBatch(prefixes...)
	if err := a.addresses.WaitForRevision(context.Background(), revision); err != nil {
		return err
	}
	for _, update := range updates {
		a.repository.ReplaceByResource(update.Rules, update.Resource)
	}
	return nil
}

// end finds who an end of a connection is, and its endpoint where it is a pod.
func (a *agent) end(end end) (identity.NumericIdentity, *endpoint, error) {
	switch {
	case end.Pod != nil:
		if *end.Pod < 0 || *end.Pod >= len(a.endpoints) {
			return 0, nil, fmt.Errorf("there is no pod %d", *end.Pod)
		}
		endpoint := a.endpoints[*end.Pod]
		return endpoint.identity.ID, endpoint, nil
	case end.Host:
		return identity.ReservedIdentityHost, nil, nil
	case end.RemoteNode:
		return identity.ReservedIdentityRemoteNode, nil, nil
	case end.APIServer != "":
		return a.behind(end.APIServer)
	case end.Address != "":
		return a.behind(end.Address)
	}
	return 0, nil, fmt.Errorf("an end of a connection is neither a pod nor an address nor a node")
}

func (a *agent) behind(address string) (identity.NumericIdentity, *endpoint, error) {
	parsed, err := netip.ParseAddr(address)
	if err != nil {
		return 0, nil, err
	}
	for _, endpoint := range a.endpoints {
		if endpoint.address == parsed {
			return endpoint.identity.ID, endpoint, nil
		}
	}
	found, ok := a.addresses.LookupSecIDByIP(parsed)
	if !ok {
		return 0, nil, fmt.Errorf("nobody is known behind %s", address)
	}
	return found.ID, nil, nil
}
