// Command psqlsink feeds the blocks of a node to CometBFT's own PostgreSQL event sink, and tells the processor time that
// it took. It is measured beside the product's indexer: `npm run bench -- indexer`.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"syscall"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/state/indexer/sink/psql"
	"github.com/cometbft/cometbft/types"
)

// batch is as many blocks as a node tells of in one request.
const batch = 10

type answer struct {
	Result struct {
		Height              int64        `json:"height,string"`
		FinalizeBlockEvents []abci.Event `json:"finalize_block_events"`
	} `json:"result"`
	Error *struct {
		Data string `json:"data"`
	} `json:"error"`
}

// fetch asks a node for the events of the blocks from a height on, up to another one, in one batch.
func fetch(url string, from, to int64) ([][]abci.Event, error) {
	calls := make([]string, 0, to-from+1)
	for height := from; height <= to; height++ {
		calls = append(calls, fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"block_results","params":{"height":"%d"}}`, height, height))
	}
	body := "[" + strings.Join(calls, ",") + "]"
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	var got []answer
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		return nil, fmt.Errorf("blocks %d to %d: %w", from, to, err)
	}
	if len(got) != len(calls) {
		return nil, fmt.Errorf("blocks %d to %d: %d answers", from, to, len(got))
	}
	events := make([][]abci.Event, len(got))
	for i, one := range got {
		if one.Error != nil {
			return nil, fmt.Errorf("block %d: %s", from+int64(i), one.Error.Data)
		}
		if one.Result.Height != from+int64(i) {
			return nil, fmt.Errorf("block %d: the answer is of block %d", from+int64(i), one.Result.Height)
		}
		events[i] = one.Result.FinalizeBlockEvents
	}
	return events, nil
}

// cpu is the processor time of this process, user and system, in nanoseconds.
func cpu() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

func run() error {
	url := flag.String("url", "", "RPC address of the node")
	conn := flag.String("conn", "", "connection string of a database that has the sink's schema")
	last := flag.Int64("last", 0, "last height")
	warm := flag.Int64("warm", 0, "height from which on time counts")
	fed := flag.Bool("fed", false, "fetches all blocks first, as a node has them already")
	flag.Parse()

	sink, err := psql.NewEventSink(*conn, "dmcn-devnet-1")
	if err != nil {
		return err
	}
	var blocks [][]abci.Event
	more := func() error {
		from := int64(len(blocks)) + 1
		got, err := fetch(*url, from, min(from+batch-1, *last))
		blocks = append(blocks, got...)
		return err
	}
	for *fed && int64(len(blocks)) < *last {
		if err := more(); err != nil {
			return err
		}
	}
	for height := int64(1); height <= *last; height++ {
		if height > int64(len(blocks)) {
			if err := more(); err != nil {
				return err
			}
		}
		events := blocks[height-1]
		if err := sink.IndexBlockEvents(types.EventDataNewBlockEvents{Height: height, Events: events}); err != nil {
			return fmt.Errorf("block %d: %w", height, err)
		}
		if height == *warm {
			fmt.Println("warm", cpu())
		}
	}
	fmt.Println("done", cpu())
	return sink.Stop()
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "psqlsink:", err)
		os.Exit(1)
	}
}
