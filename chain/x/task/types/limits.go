package types

// Limits of what a message may carry. They are part of the protocol, not parameters.
const (
	// MaxModuleSize is the largest raw task module, 2 MiB.
	MaxModuleSize = 2 << 20
	// MaxModuleWire is the largest gzipped task module, 700 KiB.
	MaxModuleWire = 700 << 10
	// MaxModuleName is the longest label of a task module.
	MaxModuleName = 64
	// MaxArgs is the most that a job's arguments take together, each with the zero byte that ends it.
	MaxArgs = 4 << 10
	// MinMemory is one page of memory, 64 KiB.
	MinMemory = 64 << 10
	// MaxMemory is the largest memory of a unit, 512 MiB.
	MaxMemory = 512 << 20
	// MaxAuditors is the largest j of a job.
	MaxAuditors = 3
	// MaxOutput is the largest output of a unit, 512 KiB.
	MaxOutput = 512 << 10
	// MaxLocators is the number of blob stores that a message may name.
	MaxLocators = 8
	// MaxLocator is the longest locator.
	MaxLocator = 256
	// MaxFeatures is the number of features that a job may ask for.
	MaxFeatures = 16
	// MaxFeature is the longest name of a feature.
	MaxFeature = 32
	// MaxWrappedKeys is the number of wrapped keys of a commit.
	MaxWrappedKeys = 16
	// EncryptionKeyLength is the length of an X25519 public key.
	EncryptionKeyLength = 32
)

// Gas of work that grows with a message beyond what its bytes and its writes cost.
const (
	// GasPerModuleByte is charged for each raw byte of a module: it is inflated and hashed.
	GasPerModuleByte = 5
	// GasPerBatch is charged for each batch of a job: it will be drawn and settled at the end of blocks.
	GasPerBatch = 50
	// GasPerSample is charged for each sampled unit of an opening: its leaf is hashed for its auditor.
	GasPerSample = 500
	// GasPerLeaf is charged for each leaf of an opening: it is hashed into the root.
	GasPerLeaf = 500
	// GasPerOutputByte is charged for each byte of a posted output: it is hashed.
	GasPerOutputByte = 2
)
