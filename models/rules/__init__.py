"""Pure rules of delivery: values in, values out, standard library only."""
