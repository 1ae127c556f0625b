// Command decoder reads manifests as kubectl reads a file, with kubectl's own code: the byte order mark as
// k8s.io/cli-runtime has it, then the decoder of k8s.io/apimachinery. It reads one file a line, in base64, and writes
// one answer a line: the documents in it, up to the one at which kubectl would stop.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"log"
	"os"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"k8s.io/apimachinery/pkg/runtime"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/yaml"
)

// reading has the values of documents, and why no more of the file is read.
type reading struct {
	Documents []any  `json:"documents"`
	Error     string `json:"error,omitempty"`
}

// As FileVisitor.Visit and StreamVisitor.Visit of k8s.io/cli-runtime/pkg/resource, as far as the text is concerned.
func read(file []byte) (found reading) {
	found.Documents = []any{}
	bom := unicode.BOMOverride(unicode.UTF8.NewDecoder())
	decoder := yaml.NewYAMLOrJSONDecoder(transform.NewReader(bytes.NewReader(file), bom), 4096)
	for {
		ext := runtime.RawExtension{}
		if err := decoder.Decode(&ext); err != nil {
			if err != io.EOF {
				found.Error = err.Error()
			}
			return found
		}
		ext.Raw = bytes.TrimSpace(ext.Raw)
		if len(ext.Raw) == 0 || bytes.Equal(ext.Raw, []byte("null")) {
			continue
		}
		var value any
		if err := utiljson.Unmarshal(ext.Raw, &value); err != nil {
			found.Error = err.Error()
			return found
		}
		found.Documents = append(found.Documents, value)
	}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	answers := json.NewEncoder(out)
	for lines.Scan() {
		file, err := base64.StdEncoding.DecodeString(lines.Text())
		if err != nil {
			log.Fatal(err)
		}
		if err := answers.Encode(read(file)); err != nil {
			log.Fatal(err)
		}
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
}
