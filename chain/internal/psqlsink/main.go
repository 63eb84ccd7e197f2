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

type answer struct {
	Result struct {
		FinalizeBlockEvents []abci.Event `json:"finalize_block_events"`
	} `json:"result"`
	Error *struct {
		Data string `json:"data"`
	} `json:"error"`
}

// fetch asks a node for the events of a block.
func fetch(url string, height int64) ([]abci.Event, error) {
	body := fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"block_results","params":{"height":"%d"}}`, height)
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
	var got answer
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		return nil, fmt.Errorf("block %d: %w", height, err)
	}
	if got.Error != nil {
		return nil, fmt.Errorf("block %d: %s", height, got.Error.Data)
	}
	return got.Result.FinalizeBlockEvents, nil
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
	next := func(height int64) ([]abci.Event, error) { return fetch(*url, height) }
	if *fed {
		blocks := make([][]abci.Event, *last+1)
		for height := int64(1); height <= *last; height++ {
			if blocks[height], err = fetch(*url, height); err != nil {
				return err
			}
		}
		next = func(height int64) ([]abci.Event, error) { return blocks[height], nil }
	}
	for height := int64(1); height <= *last; height++ {
		events, err := next(height)
		if err != nil {
			return err
		}
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
