package types

// Terms are what the new worker offers.
func (m *MsgRegister) Terms() Terms {
	return Terms{
		EncryptionKey: m.EncryptionKey, Ask: m.Ask, Rate: m.Rate, Memory: m.Memory, Features: m.Features,
		Modules: m.Modules, MaxGasLimit: m.MaxGasLimit,
	}
}

// Terms are what the worker offers from now on.
func (m *MsgUpdate) Terms() Terms {
	return Terms{
		EncryptionKey: m.EncryptionKey, Ask: m.Ask, Rate: m.Rate, Memory: m.Memory, Features: m.Features,
		Modules: m.Modules, MaxGasLimit: m.MaxGasLimit,
	}
}
