package main

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"

	"github.com/cilium/cilium/pkg/endpoint/regeneration"
	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/k8s"
	slimcorev1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/core/v1"
	slimmetav1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/apis/meta/v1"
	"github.com/cilium/cilium/pkg/labels"
	"github.com/cilium/cilium/pkg/labelsfilter"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/policy/api"
	"github.com/cilium/cilium/pkg/spanstat"
	"github.com/cilium/cilium/pkg/types"
	"github.com/cilium/cilium/pkg/u8proto"
)

// endpoint is a pod as the agent of its node sees it.
type endpoint struct {
	agent      *agent
	id         uint64
	address    netip.Addr
	identity   *identity.Identity
	namedPorts types.NamedPortMap
	resolved   *policy.EndpointPolicy
}

func newEndpoint(agent *agent, index int, pod pod, id *identity.Identity) *endpoint {
	address, err := netip.ParseAddr(pod.IP)
	if err != nil {
		// An address that no policy and no probe names: names of ports are kept by address.
		address = netip.AddrFrom4([4]byte{240, 0, byte(index >> 8), byte(index)})
	}
	ports := types.NamedPortMap{}
	for _, port := range pod.Ports {
		if port.Name != "" {
			// A name or port that is none is skipped, as in the agent.
			_ = ports.AddPort(port.Name, port.Port, port.Protocol)
		}
	}
	return &endpoint{agent: agent, id: uint64(index + 1), address: address, identity: id, namedPorts: ports}
}

// identityLabels are the labels of a pod and its namespace that policies can select it by.
func identityLabels(pod pod, namespaces []namespace) labels.Labels {
	found := namespace{Name: pod.Namespace, Labels: map[string]string{}}
	for _, namespace := range namespaces {
		if namespace.Name == pod.Namespace {
			for key, value := range namespace.Labels {
				found.Labels[key] = value
			}
		}
	}
	// The API server puts it onto every namespace.
	found.Labels["kubernetes.io/metadata.name"] = pod.Namespace
	_, all := k8s.GetPodMetadata(slog.New(slog.DiscardHandler), found, &slimcorev1.Pod{
		ObjectMeta: slimmetav1.ObjectMeta{Namespace: pod.Namespace, Name: pod.Name, Labels: pod.Labels},
		Spec:       slimcorev1.PodSpec{ServiceAccountName: pod.ServiceAccount},
	})
	selectable, _ := labelsfilter.Filter(labels.Map2Labels(all, labels.LabelSourceK8s))
	return selectable
}

// policy resolves the policies of this pod, once.
func (e *endpoint) policy() (*policy.EndpointPolicy, error) {
	if e.resolved != nil {
		return e.resolved, nil
	}
	selected, _, err := e.agent.repository.GetSelectorPolicy(e.identity, 0, &statistics{}, e.id)
	if err != nil {
		return nil, err
	}
	e.resolved = selected.DistillPolicy(e.agent.logger, e, e.redirects(selected))
	return e.resolved, e.resolved.Ready()
}

// redirects gives each rule that filters requests the port of a proxy, as the agent does before it resolves policies.
func (e *endpoint) redirects(selected policy.SelectorPolicy) map[string]uint16 {
	redirects := map[string]uint16{}
	for filter, tuple := range selected.RedirectFilters() {
		listener := tuple.Policy.GetListener()
		port := filter.Port
		if port == 0 && filter.PortName != "" {
			port = e.GetNamedPort(filter.Ingress, filter.PortName, filter.U8Proto)
		}
		// A listener needs a CiliumEnvoyConfig, and there is none: the agent skips such a rule.
		if listener == "" && (port != 0 || filter.PortName == "") {
			redirects[policy.ProxyID(uint16(e.id), filter.Ingress, string(filter.Protocol), port, listener)] = 10000
		}
	}
	return redirects
}

// judge tells what the policies of this pod say to one side of a connection.
func (e *endpoint) judge(key policy.Key, peer identity.NumericIdentity, p probe) (string, bool, error) {
	resolved, err := e.policy()
	if err != nil {
		return "", false, err
	}
	protocol, err := u8proto.ParseProtocol(p.Protocol)
	if err != nil {
		return "", false, err
	}
	entry, _, _ := resolved.Lookup(key.WithIdentity(peer).WithPortProto(protocol, p.Port))
	if entry.IsDeny() {
		return "deny", false, nil
	}
	return "allow", entry.IsRedirectEntry(), nil
}

func (e *endpoint) GetID() uint64 { return e.id }

func (e *endpoint) GetNamedPort(ingress bool, name string, protocol u8proto.U8proto) uint16 {
	var port uint16
	if ingress {
		port, _ = e.namedPorts.GetNamedPort(name, protocol)
	} else {
		port, _ = e.agent.addresses.GetNamedPorts().GetNamedPort(name, protocol)
	}
	return port
}

func (e *endpoint) PolicyDebug(string, ...any) {}

func (e *endpoint) IsHost() bool { return false }

func (e *endpoint) PreviousMapState() *policy.MapState { return nil }

func (e *endpoint) RegenerateIfAlive(*regeneration.ExternalRegenerationMetadata) <-chan bool {
	done := make(chan bool)
	close(done)
	return done
}

// statistics are of no interest here.
type statistics struct{ waiting, calculation spanstat.SpanStat }

func (s *statistics) WaitingForPolicyRepository() *spanstat.SpanStat { return &s.waiting }
func (s *statistics) SelectorPolicyCalculation() *spanstat.SpanStat  { return &s.calculation }

// certificates has none: no secret is part of a question.
type certificates struct{}

func (certificates) GetTLSContext(context.Context, *api.TLSContext, string) (string, string, string, bool, error) {
	return "", "", "", false, errors.New("no secret")
}
