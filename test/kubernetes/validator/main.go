// Command validator judges NetworkPolicies as a create request to kube-apiserver would, with the server's own
// code: strict decoding, defaults, validation. It reads one JSON policy a line and writes one JSON verdict a line.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"

	networkingv1 "k8s.io/api/networking/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	jsonserializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/networking"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
)

// verdict has Stored, the spec after defaults, or Status and Causes.
type verdict struct {
	Stored *networkingv1.NetworkPolicySpec `json:"stored,omitempty"`
	Status int32                           `json:"status,omitempty"`
	Causes []metav1.StatusCause            `json:"causes,omitempty"`
}

var decoder = legacyscheme.Codecs.DecoderToVersion(
	jsonserializer.NewSerializerWithOptions(jsonserializer.DefaultMetaFactory, legacyscheme.Scheme, legacyscheme.Scheme,
		jsonserializer.SerializerOptions{Strict: true}),
	networking.SchemeGroupVersion)

var createRequest = request.WithRequestInfo(context.Background(), &request.RequestInfo{
	APIGroup: networkingv1.GroupName, APIVersion: "v1", Resource: "networkpolicies", Verb: "create",
})

func decode(line []byte) (*networking.NetworkPolicy, error) {
	object, _, err := decoder.Decode(line, nil, nil)
	policy, ok := object.(*networking.NetworkPolicy)
	if err == nil && !ok {
		err = fmt.Errorf("got a %T", object)
	}
	if err != nil {
		return nil, apierrors.NewBadRequest(
			fmt.Sprintf("NetworkPolicy in version \"v1\" cannot be handled as a NetworkPolicy: %v", err))
	}
	return policy, nil
}

func create(line []byte) (*networkingv1.NetworkPolicySpec, error) {
	policy, err := decode(line)
	if err != nil {
		return nil, err
	}
	// A request names the namespace in its path, and the server fills in what its store does before validation.
	if policy.Namespace == "" {
		policy.Namespace = metav1.NamespaceDefault
	}
	rest.FillObjectMetaSystemFields(policy)
	if policy.Name == "" && policy.GenerateName != "" {
		policy.Name = networkpolicy.Strategy.GenerateName(policy.GenerateName)
	}
	ctx := request.WithNamespace(createRequest, policy.Namespace)
	if err := rest.BeforeCreate(networkpolicy.Strategy, ctx, policy); err != nil {
		return nil, err
	}
	var stored networkingv1.NetworkPolicy
	err = legacyscheme.Scheme.Convert(policy, &stored, nil)
	return &stored.Spec, err
}

func judge(line []byte) verdict {
	spec, err := create(line)
	if err == nil {
		return verdict{Stored: spec}
	}
	var status apierrors.APIStatus
	if !errors.As(err, &status) {
		log.Fatal(err)
	}
	if details := status.Status().Details; details != nil && len(details.Causes) > 0 {
		return verdict{Status: status.Status().Code, Causes: details.Causes}
	}
	return verdict{Status: status.Status().Code, Causes: []metav1.StatusCause{{Message: status.Status().Message}}}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 8<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		if err := out.Encode(judge(lines.Bytes())); err != nil {
			log.Fatal(err)
		}
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
}
