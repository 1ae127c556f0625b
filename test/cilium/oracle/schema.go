package main

import (
	"encoding/json"
	"log/slog"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	kjson "sigs.k8s.io/json"

	crds "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/client"
)

// schemas are those by which the API server checks policies of Cilium's kinds before it stores them.
type schemas map[string]validation.SchemaCreateValidator

func loadSchemas(logger *slog.Logger) (schemas, error) {
	loaded := schemas{}
	for kind, name := range map[string]string{
		"CiliumNetworkPolicy":            crds.CNPCRDName,
		"CiliumClusterwideNetworkPolicy": crds.CCNPCRDName,
	} {
		definition := crds.GetPregeneratedCRD(logger, name)
		// Reading it sets what the API server sets in it.
		text, err := json.Marshal(definition.Spec.Versions[0].Schema)
		if err != nil {
			return nil, err
		}
		var read apiextensionsv1.CustomResourceValidation
		if err := json.Unmarshal(text, &read); err != nil {
			return nil, err
		}
		var internal apiextensions.CustomResourceValidation
		if err := apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(
			&read, &internal, nil); err != nil {
			return nil, err
		}
		if loaded[kind], _, err = validation.NewSchemaValidator(internal.OpenAPIV3Schema); err != nil {
			return nil, err
		}
	}
	return loaded, nil
}

// refuse returns why the API server does not store a policy, and nil for a kind that has no schema.
func (s schemas) refuse(policy json.RawMessage) error {
	object := map[string]any{}
	if err := kjson.UnmarshalCaseSensitivePreserveInts(policy, &object); err != nil {
		return err
	}
	kind, _ := object["kind"].(string)
	validator, ok := s[kind]
	if !ok {
		return nil
	}
	return validation.ValidateCustomResource(nil, object, validator).ToAggregate()
}
