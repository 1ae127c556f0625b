package main

import (
	"encoding/json"

	ciliumv2 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
)

// question is a cluster with its policies, and connections to judge in it.
type question struct {
	Policies []json.RawMessage `json:"policies"`
	// Stored are objects of which only the API server is asked, not the agent.
	Stored     []json.RawMessage           `json:"stored"`
	Namespaces []namespace                 `json:"namespaces"`
	Pods       []pod                       `json:"pods"`
	Nodes      []node                      `json:"nodes"`
	Services   []service                   `json:"services"`
	Groups     []*ciliumv2.CiliumCIDRGroup `json:"groups"`
	L7Proxy    bool                        `json:"l7Proxy"`
	// DefaultLocalCluster is what the option policy-default-local-cluster says.
	DefaultLocalCluster bool    `json:"defaultLocalCluster"`
	Probes              []probe `json:"probes"`
}

type namespace struct {
	Name   string            `json:"name"`
	Labels map[string]string `json:"labels"`
}

func (n namespace) GetName() string              { return n.Name }
func (n namespace) GetLabels() map[string]string { return n.Labels }

type pod struct {
	Namespace      string            `json:"namespace"`
	Name           string            `json:"name"`
	Labels         map[string]string `json:"labels"`
	ServiceAccount string            `json:"serviceAccount"`
	Ports          []containerPort   `json:"ports"`
	IP             string            `json:"ip"`
}

type containerPort struct {
	Name     string `json:"name"`
	Protocol string `json:"protocol"`
	Port     int    `json:"port"`
}

// node is another node than the one of the pod that is judged.
type node struct {
	Name string `json:"name"`
	IP   string `json:"ip"`
}

// service has the pods of its selector behind it, or without one the addresses of its endpoint slices.
type service struct {
	Namespace string            `json:"namespace"`
	Name      string            `json:"name"`
	Labels    map[string]string `json:"labels"`
	Selector  map[string]string `json:"selector"`
	Addresses []string          `json:"addresses"`
}

type probe struct {
	From     end    `json:"from"`
	To       end    `json:"to"`
	Protocol string `json:"protocol"`
	// Port is the type where the protocol is ICMP.
	Port uint16 `json:"port"`
}

// end has one of its fields.
type end struct {
	Pod        *int   `json:"pod"`
	Address    string `json:"address"`
	Host       bool   `json:"host"`
	RemoteNode bool   `json:"remoteNode"`
	APIServer  string `json:"apiServer"`
}

// answer has one entry for each policy, one for each object of which the API server is asked, and one for each probe.
type answer struct {
	Invalid []*string `json:"invalid"`
	// Refused tells why the API server does not store an object.
	Refused  []*string `json:"refused"`
	Verdicts []verdict `json:"verdicts"`
}

// failure is why there is no answer.
type failure struct {
	Error string `json:"error"`
}

type verdict struct {
	Egress  string `json:"egress"`
	Ingress string `json:"ingress"`
	// L7 tells that a proxy looks into what a side allows.
	L7 bool `json:"l7"`
}
