// Command oracle judges connections with the own code of Cilium's agent: the watcher that reads policies, the cache of
// who is behind which address, and the resolution of what applies to a pod. Only the proxy and the kernel are missing.
// It reads one JSON question a line and writes one JSON answer a line.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"os"
	"runtime/debug"

	"github.com/cilium/cilium/pkg/labelsfilter"
	"github.com/cilium/cilium/pkg/option"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/policy/api"
)

// clusterName is the one that pods have in a label, as without a mesh.
const clusterName = "default"

// configure does what the options do that Azure starts agents with.
func configure(logger *slog.Logger) error {
	option.Config.ClusterName = clusterName
	option.Config.EnableIPv4 = true
	option.Config.EnableIPv6 = false
	option.Config.EnableK8sNetworkPolicy = true
	option.Config.EnableCiliumNetworkPolicy = true
	option.Config.EnableCiliumClusterwideNetworkPolicy = true
	option.Config.EnableICMPRules = true
	option.Config.EnableNonDefaultDenyPolicies = true
	// What the agent makes of auto where there is a Kubernetes.
	option.Config.AllowLocalhost = option.AllowLocalhostAlways
	policy.SetPolicyEnabled(option.DefaultEnforcement)
	api.InitEntities(clusterName)
	return labelsfilter.ParseLabelPrefixCfg(logger, nil, nil, "")
}

func solve(logger *slog.Logger, schemas schemas, q question) (*answer, error) {
	option.Config.EnableL7Proxy = q.L7Proxy
	a := newAgent(logger)
	defer a.addresses.Shutdown()
	if err := a.addPods(q.Pods, q.Namespaces); err != nil {
		return nil, err
	}
	watcher, err := startWatcher(logger, a.addresses, q)
	if err != nil {
		return nil, err
	}
	for _, group := range q.Groups {
		watcher.takeGroup(group)
	}
	result := &answer{Invalid: []*string{}, Refused: []*string{}, Verdicts: []verdict{}}
	for _, policy := range q.Policies {
		result.Invalid = append(result.Invalid, textOf(watcher.take(policy)))
	}
	for _, object := range q.Stored {
		result.Refused = append(result.Refused, textOf(schemas.refuse(object)))
	}
	updates, err := watcher.stop()
	if err != nil {
		return nil, err
	}
	if err := a.addAddresses(q.Nodes, apiServers(q.Probes)); err != nil {
		return nil, err
	}
	if err := a.addPolicies(updates); err != nil {
		return nil, err
	}
	for _, probe := range q.Probes {
		judged, err := a.judge(probe)
		if err != nil {
			return nil, err
		}
		result.Verdicts = append(result.Verdicts, judged)
	}
	return result, nil
}

func textOf(err error) *string {
	if err == nil {
		return nil
	}
	text := err.Error()
	return &text
}

// judge asks the pods at both ends; an end that is no pod has no policies.
func (a *agent) judge(p probe) (verdict, error) {
	result := verdict{Egress: "none", Ingress: "none"}
	from, source, err := a.end(p.From)
	if err != nil {
		return result, err
	}
	to, destination, err := a.end(p.To)
	if err != nil {
		return result, err
	}
	if p.Port == 0 {
		// The agent's own lookup takes it for every port.
		return result, errors.New("a probe has no port")
	}
	var outwards, inwards bool
	if source != nil {
		if result.Egress, outwards, err = source.judge(policy.EgressKey(), to, p); err != nil {
			return result, err
		}
	}
	if destination != nil {
		if result.Ingress, inwards, err = destination.judge(policy.IngressKey(), from, p); err != nil {
			return result, err
		}
	}
	result.L7 = outwards || inwards
	return result, nil
}

// apiServers are the addresses that probes know as the API server's.
func apiServers(probes []probe) []string {
	var addresses []string
	for _, probe := range probes {
		for _, end := range []end{probe.From, probe.To} {
			if end.APIServer != "" {
				addresses = append(addresses, end.APIServer)
			}
		}
	}
	return addresses
}

// respond returns an answer or a failure.
func respond(logger *slog.Logger, schemas schemas, line []byte) (result any) {
	defer func() {
		// The agent panics where the API server's schema should have refused a policy.
		if cause := recover(); cause != nil {
			result = failure{fmt.Sprintf("panic: %v\n%s", cause, debug.Stack())}
		}
	}()
	var q question
	if err := json.Unmarshal(line, &q); err != nil {
		return failure{err.Error()}
	}
	solved, err := solve(logger, schemas, q)
	if err != nil {
		return failure{err.Error()}
	}
	return solved
}

func main() {
	logger := slog.New(slog.DiscardHandler)
	if err := configure(logger); err != nil {
		log.Fatal(err)
	}
	schemas, err := loadSchemas(logger)
	if err != nil {
		log.Fatal(err)
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		if err := out.Encode(respond(logger, schemas, lines.Bytes())); err != nil {
			log.Fatal(err)
		}
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
}
